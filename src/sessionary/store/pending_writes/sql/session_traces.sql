-- The traces of sessions, under any of their names, and when they began and ended. Reads traces by
-- (workspace_id, session_id).
SELECT
    trace_id,
    toUnixTimestamp64Nano(start_time) AS first_start_ns,
    toUnixTimestamp64Nano(end_time) AS last_start_ns
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
ORDER BY start_time
