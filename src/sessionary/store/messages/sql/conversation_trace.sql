-- A trace by its id. Reads trace_locations by (workspace_id, trace_id) for its session, then
-- traces by (workspace_id, session_id, trace_id).
SELECT
    trace_id,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns,
    call_span_ids,
    spans_count
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
    AND session_id GLOBAL IN
    (
        SELECT session_id FROM trace_locations FINAL
        WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
    )
