-- A page of sessions: first the ids, from the columns that sort, then the whole rows of those.
-- Reads sessions by workspace_id, then by (workspace_id, id).
SELECT
    *,
    toUnixTimestamp64Nano(started_at) AS started_ns,
    toUnixTimestamp64Nano(ended_at) AS ended_ns
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String} AND id GLOBAL IN
(
    SELECT id FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String} AND ${after}
    ORDER BY ${order}
    LIMIT {limit:UInt64} OFFSET {offset:UInt64}
)
ORDER BY ${order}
