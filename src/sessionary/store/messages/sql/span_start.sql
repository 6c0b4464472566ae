-- When a span started, by its winning copy. Reads spans by (workspace_id, hour, trace_id, span_id).
SELECT toUnixTimestamp64Nano(start_time) AS started_ns
FROM spans
WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
    AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
    AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
    AND span_id = {span_id:String}
ORDER BY end_time DESC, arrived_at DESC
LIMIT 1
