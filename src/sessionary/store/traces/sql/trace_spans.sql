-- The given spans of a trace. Of a span's copies the winning one, as in
-- rollup/sql/touched_spans.sql. Reads spans by (workspace_id, hour, trace_id, span_id); what is text
-- only where ${columns} names it.
SELECT
    span_id, parent_span_id, name, kind, scope, signal, is_error, status_message, provider,
    request_model, response_model, finish_reason, reports_usage, cost_source,
    input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
    input_cost, output_cost, total_cost, time_to_first_token_ms,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns
    ${columns}
FROM spans
WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
    AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
    AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
    AND span_id IN {span_ids:Array(String)}
ORDER BY end_time DESC, arrived_at DESC
LIMIT 1 BY span_id
