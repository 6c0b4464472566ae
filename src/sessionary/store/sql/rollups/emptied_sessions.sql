-- Delete the touched sessions that have no trace left.
INSERT INTO sessions (workspace_id, id, external_id, version, is_deleted)
SELECT
    {workspace_id:String},
    substring(SHA256(concat({workspace_id:String}, '\0', session_id)), 1, 16),
    session_id, {version:UInt64}, 1
FROM touched_sessions
WHERE session_id NOT IN
(
    SELECT session_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String}
        AND session_id GLOBAL IN (SELECT session_id FROM touched_sessions)
)
