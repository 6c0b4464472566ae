-- Sessions without activity since a time, the oldest first. Reads sessions by workspace_id.
SELECT external_id
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String}
    AND ended_at < fromUnixTimestamp64Nano({before_ns:Int64}, 'UTC')
ORDER BY ended_at
LIMIT {limit:UInt64}
