-- Which calls of the given traces count, and in which session; ${counts} chooses the traces that do.
-- Reads trace_locations by (workspace_id, trace_id), traces by (workspace_id, session_id, trace_id).
WITH located AS
(
    SELECT session_id FROM trace_locations FINAL
    WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
)
SELECT trace_id, session_id, arrayJoin(call_span_ids) AS span_id
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
    AND session_id GLOBAL IN (SELECT session_id FROM located)
    AND ${counts}
