-- A page of traces: in the window, that meet ${where}, after the keys of the trace before.
-- Finds them by the columns that filter and sort, of all traces of the workspace; the others it
-- reads only of the page, by (workspace_id, session_id, trace_id).
SELECT
    *,
    toUnixTimestamp64Nano(start_time) AS started_ns,
    toUnixTimestamp64Nano(end_time) AS ended_ns,
    ${keys} AS sort_keys
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND (session_id, trace_id) GLOBAL IN
(
    SELECT session_id, trace_id
    FROM traces FINAL
    WHERE ${where} AND ${after}
    ORDER BY ${order}
    LIMIT {limit:UInt64}
)
ORDER BY ${order}
