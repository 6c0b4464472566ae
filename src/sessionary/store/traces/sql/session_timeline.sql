-- The traces of a session in order of start, after the trace `last_id`, with no more columns than
-- it takes to draw them, as one list a column. Reads traces by (workspace_id, session_id).
SELECT
    trace_id,
    name,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    (toUnixTimestamp64Nano(end_time) - toUnixTimestamp64Nano(start_time)) / 1e6 AS duration_ms,
    CAST(errors_count > 0, 'Bool') AS is_error,
    spans_count,
    unpriced_calls_count,
    input_tokens + output_tokens AS total_tokens,
    toFloat64(total_cost) AS total_cost
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
    AND ({project_id:String} = '' OR project_id = {project_id:String})
    AND ({last_id:String} = '' OR (start_time, trace_id) >
    (
        SELECT max((start_time, trace_id)) FROM traces FINAL
        WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
            AND trace_id = {last_id:String}
    ))
ORDER BY start_time, trace_id
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
