-- Within sessions.sql: traces made only of log records count only where no span of the session
-- reports a call. Reads traces by (workspace_id, session_id).
NOT is_from_logs OR id GLOBAL NOT IN
(
    SELECT id
    FROM (SELECT session_id FROM traces FINAL
        WHERE ${scope} AND model_calls_count > 0 AND NOT is_from_logs) AS with_calls
    GLOBAL INNER JOIN touched_sessions USING (session_id)
)
