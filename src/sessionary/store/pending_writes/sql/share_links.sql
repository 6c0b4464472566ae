-- Delete the links to sessions, by `_id`.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
