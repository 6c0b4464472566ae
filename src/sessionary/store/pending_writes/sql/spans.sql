-- Delete the spans of a project in the given traces.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND project_id = {project_id:String}
    AND trace_id IN {trace_ids:Array(String)}
