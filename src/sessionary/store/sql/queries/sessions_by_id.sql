-- Sessions by `_id`. Reads sessions by (workspace_id, id).
SELECT
    *,
    toUnixTimestamp64Nano(started_at) AS started_ns,
    toUnixTimestamp64Nano(ended_at) AS ended_ns
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND id IN {ids:Array(String)}
