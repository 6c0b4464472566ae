-- Delete the names of sessions that were renamed.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND name IN {session_ids:Array(String)}
