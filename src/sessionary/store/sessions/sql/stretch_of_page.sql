-- The stretch of time in which the session with that place in the order of starts began, and how
-- many sessions the stretches before it have; nothing where there are not so many. Numbers without
-- a sign divide fastest: time is counted from the first nanosecond that there is. Reads of sessions
-- when they began and what the filter names.
WITH 9223372036854775808 AS first_ns
SELECT toInt64(stretch * {stretch_ns:UInt64} - first_ns) AS started_ns, preceding
FROM
(
    SELECT
        intDiv(toUInt64(toUnixTimestamp64Nano(started_at)) + first_ns, {stretch_ns:UInt64}) AS stretch,
        count() AS sessions_count,
        sum(sessions_count) OVER (ORDER BY stretch ${order}) - sessions_count AS preceding
    FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String} AND ${where}
    GROUP BY stretch
)
WHERE preceding <= {skipped:UInt64} AND {skipped:UInt64} < preceding + sessions_count
