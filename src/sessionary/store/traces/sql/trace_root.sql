-- The root span of a trace, else its earliest, as rollup/sql/traces.sql finds what it names. Of a
-- span's copies the winning one. Reads the id columns of spans by (workspace_id, hour, trace_id).
SELECT span_id
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
ORDER BY parent_span_id != '', start_time, span_id
LIMIT 1
