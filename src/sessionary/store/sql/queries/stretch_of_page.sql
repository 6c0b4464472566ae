-- The stretch of time in which the session with that place in the order of starts began, and how
-- many sessions the stretches before it have; nothing where there are not so many. Reads of sessions
-- when they began and what the filter names.
SELECT started_ns, preceding
FROM
(
    WITH toUnixTimestamp64Nano(started_at) AS ns
    SELECT
        ns - positiveModulo(ns, {stretch_ns:Int64}) AS started_ns,
        count() AS sessions_count,
        sum(sessions_count) OVER (ORDER BY started_ns ${order}) - sessions_count AS preceding
    FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String} AND ${where}
    GROUP BY started_ns
)
WHERE preceding <= {skipped:UInt64} AND {skipped:UInt64} < preceding + sessions_count
