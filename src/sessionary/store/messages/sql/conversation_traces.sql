-- The traces of a session in order of start, after the trace `after`, with it if asked.
-- Reads traces by (workspace_id, session_id).
SELECT
    trace_id,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns,
    call_span_ids,
    spans_count
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
    AND
    (
        {after:String} = ''
        OR ({with_it:Bool} AND trace_id = {after:String})
        OR (start_time, trace_id) >
        (
            SELECT max((start_time, trace_id)) FROM traces FINAL
            WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
                AND trace_id = {after:String}
        )
    )
ORDER BY start_time, trace_id
LIMIT {limit:UInt64}
