-- The ids of a page by its number: reads the columns that sort of all sessions.
SELECT lower(hex(id)) AS session_key
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String}
    AND ({project_id:String} = '' OR project_id = {project_id:String})
ORDER BY ${order}
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
