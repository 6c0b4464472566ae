-- The start times between which the copies of some spans lie; ${spans} selects the spans.
-- trace_locations covers every copy that ever won, so every row of message_texts.
WITH selected AS (SELECT workspace_id, trace_id, start_time FROM spans WHERE ${spans})
SELECT
    toUnixTimestamp64Nano(min(first_start)) AS from_ns,
    toUnixTimestamp64Nano(max(last_start)) AS to_ns
FROM
(
    SELECT min(start_time) AS first_start, max(start_time) AS last_start FROM selected
    UNION ALL
    SELECT
        fromUnixTimestamp64Nano(first_start_ns, 'UTC'),
        fromUnixTimestamp64Nano(last_start_ns, 'UTC')
    FROM trace_locations FINAL
    WHERE (workspace_id, trace_id) GLOBAL IN (SELECT workspace_id, trace_id FROM selected)
)
