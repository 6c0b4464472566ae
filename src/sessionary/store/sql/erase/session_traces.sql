-- The traces of the given sessions. Reads trace_locations, which an erasure deletes last, so that
-- one that was cut off can be repeated.
SELECT trace_id FROM trace_locations FINAL
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
