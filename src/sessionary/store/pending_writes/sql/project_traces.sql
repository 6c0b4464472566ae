-- The traces that have spans of the project, and the session each is in. Reads all spans of the
-- workspace, but only two columns of them.
SELECT trace_id, any(location.session_id) AS session_id
FROM spans
LEFT JOIN
(
    SELECT trace_id, session_id FROM trace_locations FINAL WHERE workspace_id = {workspace_id:String}
) AS location USING (trace_id)
WHERE workspace_id = {workspace_id:String} AND project_id = {project_id:String}
GROUP BY trace_id
