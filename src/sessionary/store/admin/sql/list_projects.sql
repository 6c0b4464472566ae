-- The projects of a workspace: those with a record, and those that traces or sessions name;
-- only the one asked for where there is one. Reads three tables by workspace_id.
SELECT
    id,
    max(record_name) AS name,
    max(record_created_ns) AS created_ns,
    sum(sessions) AS sessions_count,
    sum(traces) AS traces_count,
    sum(conflicts) AS conflicts_count
FROM
(
    SELECT id, name AS record_name, created_ns AS record_created_ns, 0 AS sessions, 0 AS traces,
        0 AS conflicts
    FROM projects FINAL
    WHERE workspace_id = {workspace_id:String}
    UNION ALL
    -- Traces under an id, or in a session under a name, that was derived (model/derived_id.py).
    SELECT toString(project_id), '', 0, 0, count(),
        countIf(startsWith(trace_id, {trace_prefix:String})
            OR endsWith(session_id, concat(' (project ', replaceAll(replaceAll(replaceAll(
                toString(project_id), '%', '%25'), '(', '%28'), ')', '%29'), ')')))
    FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND project_id != ''
    GROUP BY project_id
    UNION ALL
    SELECT toString(project_id), '', 0, count(), 0, 0
    FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String} AND project_id != ''
    GROUP BY project_id
)
WHERE {project_id:String} = '' OR id = {project_id:String}
GROUP BY id
ORDER BY id
