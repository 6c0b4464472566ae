-- One row per session with overridden figures: their difference from its traces, at its start.
-- ${sessions} are the sessions by name, ${counts} chooses the traces that count.
SELECT
    started_ns AS start_ns,
    CAST(${labels}, 'Array(String)') AS labels,
    -- A session that has traces is counted by them.
    if(measured_traces = 0, CAST(session_key, 'String'), '') AS session,
    written.traces_count - measured_traces AS traces,
    toInt64(0) AS model_calls,
    toInt64(0) AS failed_calls,
    toInt64(0) AS unpriced_calls,
    toInt64(0) AS errors,
    written.input_tokens - measured_input AS prompt_tokens,
    written.output_tokens - measured_output AS completion_tokens,
    written.total_tokens - measured_input - measured_output AS total_tokens,
    toInt64(0) AS cached_tokens,
    -- The embedded engine has no - for decimals of 38 digits.
    arraySum([written.total_cost, negate(measured_cost)]) AS cost,
    CAST(NULL, 'Nullable(Int64)') AS trace_ns,
    CAST(NULL, 'Nullable(Int64)') AS call_ns,
    CAST(NULL, 'Nullable(Float64)') AS first_token_ms
FROM
(
    SELECT
        id AS session_key,
        toUnixTimestamp64Nano(started_at) AS started_ns,
        toInt64(traces_count) AS traces_count,
        toInt64(input_tokens) AS input_tokens,
        toInt64(output_tokens) AS output_tokens,
        toInt64(total_tokens) AS total_tokens,
        total_cost
    FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String}
        AND id GLOBAL IN (SELECT id FROM session_reports WHERE workspace_id = {workspace_id:String})
        AND started_at >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
        AND started_at < fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
) AS written
INNER JOIN
(
    SELECT * FROM (${sessions}) LIMIT 1 BY session_key
) AS session USING (session_key)
LEFT JOIN
(
    SELECT
        session_key,
        toInt64(count()) AS measured_traces,
        toInt64(sum(input_tokens)) AS measured_input,
        toInt64(sum(output_tokens)) AS measured_output,
        sum(total_cost) AS measured_cost
    FROM (SELECT * FROM traces FINAL WHERE workspace_id = {workspace_id:String} AND ${counts}) AS trace
    GLOBAL INNER JOIN
    (
        SELECT * FROM (${sessions})
        WHERE session_key GLOBAL IN
            (SELECT id FROM session_reports WHERE workspace_id = {workspace_id:String})
    ) AS reported USING (session_id)
    GROUP BY session_key
) AS measured USING (session_key)
