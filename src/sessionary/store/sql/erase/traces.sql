-- Delete what was derived of the given traces, all versions of it, or kept beside them; ${table}
-- has a trace_id.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
