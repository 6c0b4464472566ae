-- The ids of a page by its number: reads the columns that filter and sort of all
-- sessions.
SELECT lower(hex(id)) AS session_key
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND ${where}
ORDER BY ${order}
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
