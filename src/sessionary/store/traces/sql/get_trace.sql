-- A trace by its id. Reads trace_locations, then traces, by key.
SELECT
    *,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String} AND session_id =
(
    SELECT session_id FROM trace_locations FINAL
    WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
)
