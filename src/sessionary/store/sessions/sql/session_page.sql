-- The ids of a page by its number. Reads of sessions the columns that filter and sort, in full.
SELECT lower(hex(id)) AS session_key
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND ${where} AND ${after}
ORDER BY ${order}
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
