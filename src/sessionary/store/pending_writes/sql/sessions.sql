-- Delete the rows of the given sessions, all versions of them.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND external_id IN {session_ids:Array(String)}
