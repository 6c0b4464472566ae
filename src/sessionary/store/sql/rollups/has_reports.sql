-- Whether API calls said anything of the touched sessions. Reads session_reports by
-- (workspace_id, id).
SELECT count() > 0 AS has_reports
FROM session_reports
WHERE workspace_id = {workspace_id:String} AND id GLOBAL IN (SELECT id FROM touched_sessions)
