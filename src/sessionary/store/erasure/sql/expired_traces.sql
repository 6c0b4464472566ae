-- Traces in no session without activity since a time, the oldest first. Reads traces by
-- (workspace_id, session_id).
SELECT trace_id
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND session_id = ''
    AND end_time < fromUnixTimestamp64Nano({before_ns:Int64}, 'UTC')
ORDER BY end_time
LIMIT {limit:UInt64}
