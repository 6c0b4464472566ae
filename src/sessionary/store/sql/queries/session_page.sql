-- The ids of a page by its number. ${sessions} is sessions_by_start where that order is asked for
-- and all of it is current: no row before the page is sorted then. Else sessions FINAL, of which
-- the columns that filter and sort are read in full.
SELECT lower(hex(id)) AS session_key
FROM ${sessions}
WHERE workspace_id = {workspace_id:String} AND NOT is_deleted AND ${where}
ORDER BY ${order}
LIMIT {limit:UInt64} OFFSET {offset:UInt64}
