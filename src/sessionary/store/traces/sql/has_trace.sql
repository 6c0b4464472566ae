-- Whether a trace is known. Reads trace_locations by its key.
SELECT count() > 0 AS is_known FROM trace_locations
WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
