-- What exists of some traces and sessions, and whether a rebuild is unfinished, so that rows are
-- missing. Reads every table by its key.
-- kind: `trace`, with its session in `other`; `record`, a log record, with its project; `name` of a
-- renamed session, with its `_id`; `rebuild`.
SELECT 'trace' AS kind, trace_id AS name, session_id AS other
FROM trace_locations FINAL
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
UNION ALL
SELECT 'record', trace_id, min(toString(project_id))
FROM log_records
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
GROUP BY trace_id
UNION ALL
SELECT 'name', name, lower(hex(id))
FROM session_names FINAL
WHERE workspace_id = {workspace_id:String} AND name IN {session_ids:Array(String)}
UNION ALL
SELECT 'rebuild', name, ''
FROM settled
WHERE name = 'rebuild'
