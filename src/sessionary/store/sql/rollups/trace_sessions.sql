-- The session of each touched trace: its root's, else that of its earliest span that has one.
CREATE TEMPORARY TABLE trace_sessions ENGINE = Memory AS
SELECT
    trace_id,
    argMinIf(session_id, (parent_span_id != '', start_time, span_id), session_id != '')
        AS session_id,
    min(start_time) AS first_start,
    max(start_time) AS last_start
FROM touched_spans
WHERE n NOT IN (SELECT n FROM superseded_spans)
GROUP BY trace_id
