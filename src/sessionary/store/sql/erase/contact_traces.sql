-- The traces of which a span names the contact, and the session each is in. Reads all spans of
-- the workspace, but only two columns of them.
SELECT trace_id, any(location.session_id) AS session_id
FROM spans
LEFT JOIN
(
    SELECT trace_id, session_id FROM trace_locations FINAL WHERE workspace_id = {workspace_id:String}
) AS location USING (trace_id)
WHERE workspace_id = {workspace_id:String} AND contact_id = {contact_id:String}
GROUP BY trace_id
