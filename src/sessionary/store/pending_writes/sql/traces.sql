-- Delete the spans of the given traces, what was derived of them, all versions of it, or kept
-- beside them; ${table} has a trace_id. Not by time: a span's copies may lie hours apart.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
