-- Whether all traces of a session are of a project. Reads traces by (workspace_id, session_id).
SELECT countIf(project_id != {project_id:String}) = 0 AS lies
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
