-- The session of each touched trace: its root's, else that of its earliest span that has one;
-- and where all its spans lie, those told by log records too.
SELECT
    trace_id,
    argMinIf(session_id, place, session_id != '' AND NOT is_superseded) AS session_id,
    toUnixTimestamp64Nano(min(start_time)) AS first_start_ns,
    toUnixTimestamp64Nano(max(start_time)) AS last_start_ns
FROM ${spans}
GROUP BY trace_id
