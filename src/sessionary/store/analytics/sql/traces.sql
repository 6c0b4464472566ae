-- One row a trace: what it adds to the figures of its session, and the names (${labels}) of the
-- groups that it is in.
SELECT
    toUnixTimestamp64Nano(start_time) AS start_ns,
    CAST(${labels}, 'Array(String)') AS labels,
    ${session} AS session,
    toInt64(1) AS traces,
    toInt64(model_calls_count) AS model_calls,
    toInt64(failed_calls_count) AS failed_calls,
    toInt64(unpriced_calls_count) AS unpriced_calls,
    toInt64(errors_count) AS errors,
    toInt64(input_tokens) AS prompt_tokens,
    toInt64(output_tokens) AS completion_tokens,
    toInt64(input_tokens + output_tokens) AS total_tokens,
    toInt64(cache_read_tokens) AS cached_tokens,
    total_cost AS cost,
    toNullable(toUnixTimestamp64Nano(end_time) - toUnixTimestamp64Nano(start_time)) AS trace_ns,
    CAST(NULL, 'Nullable(Int64)') AS call_ns,
    CAST(NULL, 'Nullable(Float64)') AS first_token_ms
FROM (${traces})
