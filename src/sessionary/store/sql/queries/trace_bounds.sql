-- Where the spans of a trace lie in time. Reads trace_locations by key.
SELECT first_start_ns AS from_ns, last_start_ns AS to_ns
FROM trace_locations FINAL
WHERE workspace_id = {workspace_id:String} AND trace_id = {trace_id:String}
