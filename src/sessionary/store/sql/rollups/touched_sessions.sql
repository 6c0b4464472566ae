-- The sessions that the touched traces are in and were in.
CREATE TEMPORARY TABLE touched_sessions ENGINE = Memory AS
SELECT session_id FROM trace_sessions WHERE session_id != ''
UNION DISTINCT
SELECT session_id FROM moved_traces WHERE session_id != ''
