-- Traces with spans that arrived after the last completed roll-up. Reads spans by the index on
-- arrived_at.
SELECT
    workspace_id,
    groupUniqArray(trace_id) AS trace_ids,
    toUnixTimestamp64Nano(min(start_time)) AS first_start_ns,
    toUnixTimestamp64Nano(max(start_time)) AS last_start_ns
FROM spans
WHERE arrived_at > fromUnixTimestamp64Nano(
    toInt64((SELECT max(arrived_at) FROM settled WHERE name = 'rollups')), 'UTC')
GROUP BY workspace_id
