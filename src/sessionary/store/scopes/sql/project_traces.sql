-- A condition on traces: they are of ${project}. Reads traces by workspace_id, two columns of them.
trace_id GLOBAL IN
(
    SELECT trace_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND project_id = ${project}
)
