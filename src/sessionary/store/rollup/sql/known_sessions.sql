-- Whether the touched sessions have rare features: overrides by API calls, traces made of
-- log records, metadata. Reads traces by (workspace_id, session_id) and session_reports by
-- (workspace_id, id).
SELECT
    (SELECT count() > 0 FROM session_reports WHERE workspace_id = {workspace_id:String}
        AND id GLOBAL IN (SELECT id FROM touched_sessions)) AS has_reports,
    max(is_from_logs) AS has_logs,
    max(notEmpty(metadata)) AS has_metadata
FROM traces
WHERE ${scope}
