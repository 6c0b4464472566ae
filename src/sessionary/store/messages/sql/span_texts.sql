-- The spans of some traces that may say something: of every span its winning copy, with its text.
-- A span's text may be long: few rows are read at a time, and no more than ${memory_bytes} at once.
-- Reads spans by (workspace_id, hour, trace_id).
SELECT
    trace_id, span_id, parent_span_id, project_id, name, kind, is_error, status_message, response_model,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns,
    input_tokens, output_tokens, total_cost, cost_source, attributes,
    arrayMap(event -> (event.time_ns, event.name, event.attributes), events) AS event_tuples
FROM
(
    SELECT * FROM spans
    WHERE workspace_id = {workspace_id:String}
        AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
        AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
        AND trace_id IN {trace_ids:Array(String)}
    ORDER BY end_time DESC, arrived_at DESC
    LIMIT 1 BY trace_id, span_id
)
WHERE kind NOT IN ('embedding', 'rerank', 'retriever', 'guardrail', 'evaluator', 'internal')
ORDER BY start_time, span_id
LIMIT {limit:UInt64}
SETTINGS max_block_size = 16, max_memory_usage = ${memory_bytes}
