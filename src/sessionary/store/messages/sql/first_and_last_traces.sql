-- The first and the last traces of some sessions, in order of start. Reads traces by
-- (workspace_id, session_id).
SELECT
    session_id, trace_id, call_span_ids, spans_count,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns
FROM
(
    SELECT
        session_id, trace_id, call_span_ids, spans_count, start_time, end_time,
        row_number() OVER (PARTITION BY session_id ORDER BY start_time, trace_id) AS place,
        count() OVER (PARTITION BY session_id) AS traces_count
    FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
        AND ({project_id:String} = '' OR project_id = {project_id:String})
)
WHERE place <= {limit:UInt64} OR place > toInt64(traces_count) - {limit:UInt64}
ORDER BY start_time, trace_id
