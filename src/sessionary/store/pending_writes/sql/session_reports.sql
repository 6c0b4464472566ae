-- Delete what API calls said of sessions, under any of their names.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND hasAny(names, {session_ids:Array(String)})
