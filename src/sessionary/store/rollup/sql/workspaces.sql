-- Every workspace that has anything.
SELECT DISTINCT workspace_id FROM spans
UNION DISTINCT
SELECT DISTINCT workspace_id FROM traces
UNION DISTINCT
SELECT DISTINCT workspace_id FROM sessions
UNION DISTINCT
SELECT DISTINCT workspace_id FROM session_reports
ORDER BY workspace_id
