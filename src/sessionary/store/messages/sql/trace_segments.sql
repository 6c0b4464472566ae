-- Where each part of {size} spans of a trace begins, in order. Of a span's copies the winning one.
-- Reads the id columns of spans by (workspace_id, hour, trace_id).
SELECT DISTINCT toUnixTimestamp64Nano(start_time) AS started_ns
FROM
(
    SELECT start_time, row_number() OVER (ORDER BY start_time, span_id) AS number
    FROM
    (
        SELECT span_id, start_time
        FROM spans
        WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
            AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
            AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
        ORDER BY end_time DESC, arrived_at DESC
        LIMIT 1 BY span_id
    )
)
WHERE (number - 1) % {size:UInt64} = 0
ORDER BY started_ns
