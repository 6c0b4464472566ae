-- The unpriced calls of each model in the traces that have priced ones and several models.
-- ${counts} chooses the traces that count.
-- Reads traces by workspace_id, spans by (workspace_id, hour, trace_id) without their text.
WITH mixed AS
(
    SELECT trace_id, call_span_ids, start_time, end_time FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND unpriced_calls_count > 0
        AND length(calls_by_model) > 1
        AND unpriced_calls_count != model_calls_count - failed_calls_count
        AND ${counts}
)
SELECT response_model AS model, count() AS unpriced_calls
FROM
(
    SELECT trace_id, span_id, response_model, cost_source, is_error
    FROM spans
    WHERE workspace_id = {workspace_id:String}
        AND trace_id GLOBAL IN (SELECT trace_id FROM mixed)
        AND start_time >= (SELECT min(start_time) FROM mixed)
        AND start_time <= (SELECT max(end_time) FROM mixed)
    ORDER BY end_time DESC, arrived_at DESC
    LIMIT 1 BY trace_id, span_id
)
WHERE cost_source = 'none' AND NOT is_error
    AND (trace_id, span_id) GLOBAL IN (SELECT trace_id, arrayJoin(call_span_ids) FROM mixed)
GROUP BY model
