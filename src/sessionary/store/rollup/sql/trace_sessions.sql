-- The session of each touched trace: its root's, else that of its earliest span that has one;
-- the time range of all its spans, also those from log records; and whether it has rare features:
-- metadata, and calls that may be reported twice.
-- There are no such calls where no call is inside another or inside a span that may represent it,
-- none comes from log records, none from two libraries, and either a call has usage or no other
-- span reports any. A call whose parent is not a root may be inside a call; one whose parent is a
-- call is.
SELECT
    trace_id,
    argMinIf(session_id, place, session_id != '' AND NOT is_superseded) AS session_id,
    toUnixTimestamp64Nano(min(start_time)) AS first_start_ns,
    toUnixTimestamp64Nano(max(start_time)) AS last_start_ns,
    max(notEmpty(metadata)) AS has_metadata,
    max(signal = 'log')
        OR uniqExactIf(scope, is_call) > 1
        OR (NOT max(is_call AND has_usage) AND max(NOT is_call AND reports_usage))
        OR notEmpty(arrayIntersect(
            groupArrayIf(parent_span_id, is_call),
            groupArrayIf(span_id, is_call OR parent_span_id != ''))) AS has_doubts
FROM ${spans}
GROUP BY trace_id
