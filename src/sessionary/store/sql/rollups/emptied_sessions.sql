-- Delete the sessions that lost their last trace.
INSERT INTO sessions (workspace_id, id, external_id, version, is_deleted)
SELECT
    {workspace_id:String},
    lower(hex(substring(SHA256(concat({workspace_id:String}, '\0', session_id)), 1, 16))),
    session_id, {version:UInt64}, 1
FROM touched_sessions
WHERE session_id NOT IN (SELECT session_id FROM session_traces)
