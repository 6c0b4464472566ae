-- Delete the record of a project, all versions of it.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND id = {project_id:String}
