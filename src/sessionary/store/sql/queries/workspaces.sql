-- Every workspace that has anything.
SELECT DISTINCT workspace_id FROM spans
UNION DISTINCT
SELECT DISTINCT workspace_id FROM traces
UNION DISTINCT
SELECT DISTINCT workspace_id FROM sessions
ORDER BY workspace_id
