-- What the next roll-up of these traces has to know.
INSERT INTO trace_locations (workspace_id, trace_id, session_id, first_start, last_start, version)
SELECT {workspace_id:String}, trace_id, session_id, first_start, last_start, {version:UInt64}
FROM trace_sessions
