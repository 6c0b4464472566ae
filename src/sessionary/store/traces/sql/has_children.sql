-- Whether any span of a trace is below the given one, as its winning copy says.
-- Reads the id columns of spans by (workspace_id, hour, trace_id).
SELECT count() > 0 AS has_children
FROM
(
    SELECT parent_span_id
    FROM spans
    WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
        AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
        AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
        AND span_id GLOBAL IN
        (
            SELECT span_id
            FROM spans
            WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
                AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
                AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
                AND parent_span_id = {span_id:String}
            LIMIT 1000
        )
    ORDER BY end_time DESC, arrived_at DESC
    LIMIT 1 BY span_id
)
WHERE parent_span_id = {span_id:String}
