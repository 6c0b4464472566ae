-- Delete the log records that name the given sessions themselves.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
