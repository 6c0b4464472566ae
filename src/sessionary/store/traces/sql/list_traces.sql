-- The traces of a session in order of start, after the trace `last_id`. Reads traces by
-- (workspace_id, session_id).
SELECT
    *,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
    AND ({project_id:String} = '' OR project_id = {project_id:String})
    AND ({last_id:String} = '' OR (start_time, trace_id) >
    (
        SELECT max((start_time, trace_id)) FROM traces FINAL
        WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
            AND trace_id = {last_id:String}
    ))
ORDER BY start_time, trace_id
LIMIT {limit:UInt64}
