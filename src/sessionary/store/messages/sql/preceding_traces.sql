-- The traces of a session that began before the trace `before`, the nearest first.
-- Reads traces by (workspace_id, session_id).
SELECT
    trace_id,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns,
    call_span_ids,
    spans_count
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
    AND (start_time, trace_id) <
    (
        SELECT max((start_time, trace_id)) FROM traces FINAL
        WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
            AND trace_id = {before:String}
    )
ORDER BY start_time DESC, trace_id DESC
LIMIT {limit:UInt64}
