-- Which span of a trace is below which, in order of start, as two lists. Of a span's copies the
-- winning one, as in rollup/sql/touched_spans.sql.
-- Reads the id columns of spans by (workspace_id, hour, trace_id).
SELECT groupArray(span_id) AS span_ids, groupArray(parent_span_id) AS parent_ids
FROM
(
    SELECT span_id, parent_span_id
    FROM
    (
        SELECT span_id, parent_span_id, start_time
        FROM spans
        WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
            AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
            AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
        ORDER BY end_time DESC, arrived_at DESC
        LIMIT 1 BY span_id
    )
    ORDER BY start_time, span_id
)
