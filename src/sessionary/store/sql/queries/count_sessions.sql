-- Reads only the key columns of sessions.
SELECT count() AS count FROM sessions FINAL WHERE workspace_id = {workspace_id:String}
