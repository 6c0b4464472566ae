-- The projects of traces and sessions, as far as these exist, and whether a rebuild is unfinished,
-- so that rows are missing. Reads every table by its key.
-- kind: `trace`, with its session in `other`; `session`, by `_id`; `name` of a renamed session, with
-- its `_id` in `other`; `record`, a log record; `rebuild`.
WITH
    located AS
    (
        SELECT session_id, trace_id FROM trace_locations FINAL
        WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
    ),
    renamed AS
    (
        SELECT name, id FROM session_names FINAL
        WHERE workspace_id = {workspace_id:String} AND (name IN {session_ids:Array(String)}
            OR name GLOBAL IN (SELECT session_id FROM located))
    )
SELECT 'trace' AS kind, trace_id AS name, toString(project_id) AS project, session_id AS other
FROM traces FINAL
WHERE workspace_id = {workspace_id:String}
    AND (session_id, trace_id) GLOBAL IN (SELECT session_id, trace_id FROM located)
UNION ALL
SELECT 'session', lower(hex(id)), toString(project_id), ''
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND (id IN {ids:Array(FixedString(16))}
    OR id GLOBAL IN (SELECT id FROM renamed)
    OR id GLOBAL IN (SELECT toFixedString(substring(SHA256(
        concat({workspace_id:String}, '\0', session_id)), 1, 16), 16) FROM located))
UNION ALL
SELECT 'name', name, '', lower(hex(id))
FROM renamed
UNION ALL
SELECT 'record', trace_id, max(project_id), ''
FROM log_records
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
    AND project_id != ''
GROUP BY trace_id
UNION ALL
SELECT 'rebuild', name, '', ''
FROM settled
WHERE name = 'rebuild'
