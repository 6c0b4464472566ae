-- The session of each touched trace: its root's, else that of its earliest span that has one;
-- and where all its spans lie, those told by log records too.
CREATE TEMPORARY TABLE trace_sessions ENGINE = Memory AS
SELECT
    trace_id,
    argMinIf(session_id, (parent_span_id != '', start_time, span_id),
        session_id != '' AND n NOT IN (SELECT n FROM superseded_spans)) AS session_id,
    min(start_time) AS first_start,
    max(start_time) AS last_start
FROM touched_spans
GROUP BY trace_id
