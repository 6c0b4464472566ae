-- The touched sessions that have no trace left and that no API call wrote to.
SELECT id, any(session_id) AS external_id
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
