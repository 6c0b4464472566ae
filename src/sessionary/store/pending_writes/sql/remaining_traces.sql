-- Of the given traces, the ones that have spans still.
SELECT
    groupUniqArray(trace_id) AS trace_ids,
    toUnixTimestamp64Nano(min(start_time)) AS first_start_ns,
    toUnixTimestamp64Nano(max(start_time)) AS last_start_ns
FROM spans
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
