-- The period that contains the session at an offset in the order of starts, and the number of
-- sessions in the periods before it; no row where the offset is past the end. Unsigned numbers
-- divide fastest: time is counted from the smallest instant. Of sessions, reads their start and the
-- columns of the filter.
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
