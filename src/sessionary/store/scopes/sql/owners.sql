-- The projects of traces that exist and of sessions. Reads every table by its key.
-- kind: `trace`; `session`, by `_id`; `name` of a renamed session of the traces, with its `_id` in
-- `other`.
SELECT 'trace' AS kind, trace_id AS name, toString(project_id) AS project, session_id AS other
FROM traces FINAL
WHERE workspace_id = {workspace_id:String}
    AND session_id IN {trace_session_ids:Array(String)} AND trace_id IN {trace_ids:Array(String)}
UNION ALL
SELECT 'session', lower(hex(id)), toString(project_id), ''
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND (id IN {ids:Array(FixedString(16))}
    OR id GLOBAL IN
    (
        SELECT id FROM session_names
        WHERE workspace_id = {workspace_id:String}
            AND name IN {trace_session_ids:Array(String)}
    ))
UNION ALL
SELECT 'name', name, '', lower(hex(id))
FROM session_names FINAL
WHERE workspace_id = {workspace_id:String} AND name IN {trace_session_ids:Array(String)}
