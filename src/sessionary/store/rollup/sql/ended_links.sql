-- Delete the share links of sessions that end: a session that begins again under the same name has
-- the same `_id` and was never shared. Reads all of the small table.
INSERT INTO share_links
SELECT * REPLACE (greatest(version + 1, {version:UInt64}) AS version, 1 AS is_deleted)
FROM share_links FINAL
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
