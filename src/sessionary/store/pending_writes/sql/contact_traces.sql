-- The traces of which a span names the contact or that were derived so, and the session each is in.
-- Reads all spans and traces of the workspace, but only two columns of them.
SELECT trace_id, any(location.session_id) AS session_id
FROM
(
    SELECT trace_id FROM spans
    WHERE workspace_id = {workspace_id:String} AND contact_id = {contact_id:String}
    UNION DISTINCT
    SELECT trace_id FROM traces
    WHERE workspace_id = {workspace_id:String} AND contact_id = {contact_id:String}
) AS named
LEFT JOIN
(
    SELECT trace_id, session_id FROM trace_locations FINAL WHERE workspace_id = {workspace_id:String}
) AS location USING (trace_id)
GROUP BY trace_id
