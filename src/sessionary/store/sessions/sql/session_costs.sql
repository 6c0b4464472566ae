-- The calls of a session that count, by kind, model and where the figure of their cost is from.
-- Of a span's copies the winning one, as in rollup/sql/touched_spans.sql; ${counts} chooses the traces
-- that count.
-- Reads traces by (workspace_id, session_id), spans by (workspace_id, hour, trace_id, span_id).
WITH calls AS
(
    SELECT trace_id, arrayJoin(call_span_ids) AS span_id
    FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
        AND ({project_id:String} = '' OR project_id = {project_id:String})
        AND ${counts}
),
bounds AS
(
    SELECT min(start_time) AS first, max(end_time) AS last
    FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
)
SELECT
    kind,
    provider,
    response_model,
    request_model,
    cost_source,
    count() AS calls,
    countIf(is_error) AS failed_calls,
    countIf(NOT is_error AND cost_source = 'none') AS unpriced_calls,
    sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens,
    sum(reasoning_tokens) AS reasoning_tokens,
    sum(input_cost) AS input_cost,
    sum(output_cost) AS output_cost,
    sum(total_cost) AS total_cost,
    toUnixTimestamp64Nano(min(start_time)) AS first_ns,
    toUnixTimestamp64Nano(max(start_time)) AS last_ns
FROM
(
    SELECT
        kind, provider, response_model, request_model, cost_source, is_error, start_time,
        input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
        input_cost, output_cost, total_cost
    FROM spans
    WHERE workspace_id = {workspace_id:String}
        AND start_time >= (SELECT first FROM bounds) AND start_time <= (SELECT last FROM bounds)
        AND trace_id GLOBAL IN (SELECT trace_id FROM calls)
        AND (trace_id, span_id) GLOBAL IN (SELECT trace_id, span_id FROM calls)
    ORDER BY end_time DESC, arrived_at DESC
    LIMIT 1 BY trace_id, span_id
)
GROUP BY kind, provider, response_model, request_model, cost_source
ORDER BY sum(total_cost) DESC, calls DESC, kind, provider, response_model, request_model
SETTINGS prefer_column_name_to_alias = 1
