-- Where the traces to roll up were known to lie, and in which session. Reads trace_locations by
-- (workspace_id, trace_id); touched_ids names the traces.
SELECT trace_id, session_id, first_start_ns, last_start_ns
FROM trace_locations FINAL
WHERE workspace_id = {workspace_id:String} AND trace_id GLOBAL IN (SELECT trace_id FROM touched_ids)
