-- When the first and the last of the sessions that ${where} selects began; nothing where there is
-- none. Reads the same columns as sessions/sql/count_sessions.sql, and started_at.
SELECT
    toUnixTimestamp64Nano(min(started_at)) AS first_ns,
    toUnixTimestamp64Nano(max(started_at)) AS last_ns
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND ${where}
HAVING count() > 0
