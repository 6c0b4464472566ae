-- What API calls said of a session. Reads session_reports by (workspace_id, id).
SELECT * FROM session_reports FINAL
WHERE workspace_id = {workspace_id:String} AND id = toFixedString(unhex({id:String}), 16)
