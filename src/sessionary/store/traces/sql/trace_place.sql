-- Where a trace lies: its spans' bounds in time, its session, and which version of it that is.
-- Reads trace_locations, then traces, by key.
SELECT
    locations.first_start_ns AS from_ns,
    locations.last_start_ns AS to_ns,
    locations.session_id AS session_id,
    traces.version AS version
FROM
(
    SELECT session_id, first_start_ns, last_start_ns FROM trace_locations FINAL
    WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
) AS locations
GLOBAL INNER JOIN
(
    SELECT session_id, version FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
        AND session_id GLOBAL IN
        (
            SELECT session_id FROM trace_locations FINAL
            WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
        )
) AS traces USING (session_id)
