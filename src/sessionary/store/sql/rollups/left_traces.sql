-- Take the moved traces out of the sessions they were in.
INSERT INTO traces (workspace_id, session_id, trace_id, version, is_deleted)
SELECT {workspace_id:String}, session_id, trace_id, {version:UInt64}, 1 FROM moved_traces
