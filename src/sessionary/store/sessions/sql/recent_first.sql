-- When the session began that has the place {number} in the order; nothing where there is none, nor
-- where API calls said that a session began since, which may be after its spans ended.
-- Reads sessions_by_start in its order.
SELECT started_ns
FROM
(
    SELECT toUnixTimestamp64Nano(started_at) AS started_ns
    FROM sessions_by_start
    WHERE workspace_id = {workspace_id:String} AND ${after}
    ORDER BY ${order}
    LIMIT 1 OFFSET {number:UInt64}
)
WHERE started_ns > (SELECT max(ifNull(started_ns, 0)) FROM session_reports
    WHERE workspace_id = {workspace_id:String})
