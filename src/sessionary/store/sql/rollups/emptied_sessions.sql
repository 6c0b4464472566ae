-- Delete the touched sessions that have no trace left and of which no API call told.
INSERT INTO sessions (workspace_id, id, external_id, version, is_deleted)
SELECT {workspace_id:String}, id, any(session_id), {version:UInt64}, 1
FROM touched_sessions
WHERE id GLOBAL NOT IN (SELECT id FROM session_reports WHERE workspace_id = {workspace_id:String}
        AND id GLOBAL IN (SELECT id FROM touched_sessions))
GROUP BY id
HAVING sum(session_id GLOBAL IN
(
    SELECT session_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String}
        AND session_id GLOBAL IN (SELECT session_id FROM touched_sessions)
)) = 0
