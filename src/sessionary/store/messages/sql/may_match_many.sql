-- Whether more than {most} texts have the words. Reads the index on the words of message_texts.
SELECT count() > {most:UInt64} AS may_match_many
FROM message_texts
WHERE workspace_id = {workspace_id:String} AND ${words}
