-- Delete what names sessions itself, without a trace; ${table} has a session_id.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
