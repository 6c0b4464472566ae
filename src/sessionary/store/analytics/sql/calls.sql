-- One row a counted model call, at the start of its trace. Reads narrow columns of spans, by the
-- hours from the first start to the last end of the traces; of a span's copies the one that
-- rollup/sql/touched_spans.sql chooses.
SELECT
    trace_start_ns AS start_ns,
    CAST(${labels}, 'Array(String)') AS labels,
    session,
    toInt64(0) AS traces,
    toInt64(1) AS model_calls,
    toInt64(is_error) AS failed_calls,
    toInt64(NOT is_error AND cost_source = 'none') AS unpriced_calls,
    toInt64(0) AS errors,
    toInt64(input_tokens) AS prompt_tokens,
    toInt64(output_tokens) AS completion_tokens,
    toInt64(input_tokens + output_tokens) AS total_tokens,
    toInt64(cache_read_tokens) AS cached_tokens,
    -- As wide as the sums of traces.
    arraySum([total_cost]) AS cost,
    CAST(NULL, 'Nullable(Int64)') AS trace_ns,
    toNullable(toUnixTimestamp64Nano(end_time) - toUnixTimestamp64Nano(start_time)) AS call_ns,
    time_to_first_token_ms AS first_token_ms
FROM
(
    SELECT
        trace_id, span_id, start_time, end_time, arrived_at, response_model, provider, is_error,
        cost_source, input_tokens, output_tokens, cache_read_tokens, total_cost,
        time_to_first_token_ms
    FROM spans
    WHERE workspace_id = {workspace_id:String}
        AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
        AND start_time <= (SELECT max(end_time) FROM (${traces}))
) AS span
GLOBAL INNER JOIN
(
    SELECT
        trace_id,
        arrayJoin(call_span_ids) AS span_id,
        toUnixTimestamp64Nano(start_time) AS trace_start_ns,
        ${trace_labels} AS trace_labels,
        ${session} AS session
    FROM (${traces})
) AS call USING (trace_id, span_id)
ORDER BY end_time DESC, arrived_at DESC
LIMIT 1 BY trace_id, span_id
