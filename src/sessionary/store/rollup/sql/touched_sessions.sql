-- The existing sessions of touched_sessions, to find what a write changed. Reads sessions by
-- (workspace_id, id).
SELECT lower(hex(id)) AS session_key, external_id, project_id, version
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND id GLOBAL IN (SELECT id FROM touched_sessions)
