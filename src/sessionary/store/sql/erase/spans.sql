-- Delete the spans of a project.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND project_id = {project_id:String}
