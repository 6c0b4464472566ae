-- A condition on traces: they count in the figures of their session, as rollups/sessions.sql has
-- it. What log records alone tell counts only where no span of the session tells a call.
(NOT is_from_logs OR session_id GLOBAL NOT IN
(
    SELECT session_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id != ''
        AND model_calls_count > 0 AND NOT is_from_logs
        -- Else a set of all sessions, for the few that logs tell of.
        AND session_id GLOBAL IN
        (
            SELECT session_id FROM traces
            WHERE workspace_id = {workspace_id:String} AND is_from_logs
        )
))
