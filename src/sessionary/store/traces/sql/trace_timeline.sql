-- The spans of a trace in order of start, after the span at (after_ns, after_id), with no more
-- columns than it takes to draw them, as one list a column. Of a span's copies the winning one, as
-- in rollup/sql/touched_spans.sql.
-- Finds the page by the ids and times of all the trace's spans; the others it reads only of the
-- page. Reads spans by (workspace_id, hour, trace_id, span_id), traces by its key.
SELECT
    span_id,
    parent_span_id,
    name,
    kind AS type,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    (toUnixTimestamp64Nano(end_time) - toUnixTimestamp64Nano(start_time)) / 1e6 AS duration_ms,
    is_error,
    if(response_model != '', response_model, request_model) AS model,
    input_tokens + output_tokens AS total_tokens,
    toFloat64(total_cost) AS total_cost,
    CAST(span_id GLOBAL IN
    (
        SELECT arrayJoin(call_span_ids) FROM traces FINAL
        WHERE workspace_id = {workspace_id:String} AND session_id = {session_id:String}
            AND trace_id = {trace_id:String}
    ), 'Bool') AS is_counted,
    CAST(is_counted AND NOT is_error AND cost_source = 'none', 'Bool') AS is_unpriced
FROM spans
WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
    AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
    AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
    AND (span_id, arrived_at) GLOBAL IN
    (
        SELECT span_id, arrived_at
        FROM
        (
            SELECT span_id, start_time, arrived_at
            FROM spans
            WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
                AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
                AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
            ORDER BY end_time DESC, arrived_at DESC
            LIMIT 1 BY span_id
        )
        WHERE (toUnixTimestamp64Nano(start_time), span_id) > ({after_ns:Int64}, {after_id:String})
        ORDER BY start_time, span_id
        LIMIT {limit:UInt64}
    )
ORDER BY start_time, span_id
LIMIT 1 BY span_id
SETTINGS prefer_column_name_to_alias = 1
