-- Figures of the sessions that ${where} selects and that began in the time before {from_ns}
-- (is_within 0) or after it (1): whole, and by bucket of {bucket_ns}.
-- Reads of sessions the columns of figures, and those that the filter names.
SELECT
    is_within,
    bucket,
    grouping(bucket) AS is_whole,
    count() AS sessions_count,
    countIf(errors_count > 0) AS failed_sessions_count,
    sum(traces_count) AS traces_count,
    sum(model_calls_count) AS model_calls_count,
    sum(failed_calls_count) AS failed_calls_count,
    sum(unpriced_calls_count) AS unpriced_calls_count,
    sum(errors_count) AS errors_count,
    sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens,
    sum(total_tokens) AS total_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens,
    sum(reasoning_tokens) AS reasoning_tokens,
    sum(input_cost) AS input_cost,
    sum(output_cost) AS output_cost,
    sum(total_cost) AS total_cost,
    quantilesExact(0.5, 0.95)(duration_ns) AS durations_ns,
    quantilesExact(0.5, 0.95)(active_ns) AS active_durations_ns
FROM
(
    SELECT
        *,
        toUnixTimestamp64Nano(started_at) AS started_ns,
        started_ns >= {from_ns:Int64} AS is_within,
        if(is_within, intDiv(started_ns - {from_ns:Int64}, {bucket_ns:Int64}), -1) AS bucket
    FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String}
        AND started_at >= fromUnixTimestamp64Nano({before_ns:Int64}, 'UTC')
        AND started_at < fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
        AND ${where}
)
GROUP BY GROUPING SETS ((is_within), (is_within, bucket))
SETTINGS prefer_column_name_to_alias = 1
