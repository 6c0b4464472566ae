-- The traces of sessions under any of their names, and where their spans lie. Reads traces by
-- (workspace_id, session_id), trace_locations by (workspace_id, trace_id).
WITH found AS
(
    SELECT trace_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
)
SELECT trace_id, first_start_ns, last_start_ns
FROM trace_locations FINAL
WHERE workspace_id = {workspace_id:String} AND trace_id IN (SELECT trace_id FROM found)
ORDER BY first_start_ns
