-- What part a span may play in the accounting.
-- role: 1 a model call's span, 2 one that may bear the usage where no call does, 0 any other.
CREATE TEMPORARY TABLE roles ENGINE = Memory AS
SELECT
    n, trace_id, span_id, parent_span_id, start_time, end_time, scope, request_model, response_id,
    has_usage,
    multiIf(
        is_call, 1,
        kind != 'internal' AND reports_usage AND (kind = 'agent' OR parent_span_id = '')
            AND trace_id NOT IN (SELECT trace_id FROM touched_spans WHERE is_call AND has_usage), 2,
        0) AS role
FROM touched_spans
WHERE n NOT IN (SELECT n FROM superseded_spans)
