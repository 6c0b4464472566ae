-- The log records about some traces. Reads log_records by (workspace_id, trace_id).
SELECT
    trace_id, span_id, project_id, event_name, body, attributes,
    toUnixTimestamp64Nano(time) AS time_ns
FROM log_records FINAL
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
ORDER BY time, event_name
LIMIT {limit:UInt64}
