-- The links to a session, the latest first, also those whose time is over. Reads all of the small
-- table.
SELECT *
FROM share_links FINAL
WHERE workspace_id = {workspace_id:String} AND session_id = {session_id:String}
ORDER BY created_ns DESC, id
