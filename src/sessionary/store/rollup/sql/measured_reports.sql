-- An empty measurement for each touched session that has an override and no trace.
INSERT INTO measured_sessions (workspace_id, id)
SELECT workspace_id, id
FROM session_reports FINAL
WHERE workspace_id = {workspace_id:String} AND id GLOBAL IN (SELECT id FROM touched_sessions)
    AND id NOT IN (SELECT id FROM measured_sessions)
