-- Reads only the key columns of sessions and those that the filter names.
SELECT count() AS count FROM sessions FINAL WHERE workspace_id = {workspace_id:String} AND ${where}
