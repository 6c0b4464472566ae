-- Reads only the key columns of sessions, and project_id where only one project is asked for.
SELECT count() AS count
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String}
    AND ({project_id:String} = '' OR project_id = {project_id:String})
