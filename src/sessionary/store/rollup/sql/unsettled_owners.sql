-- The traces, sessions and projects of spans that arrived after the last completed roll-up, in order
-- of arrival. Reads spans by the index on arrived_at.
SELECT workspace_id, trace_id, session_id, project_id
FROM spans
WHERE arrived_at > fromUnixTimestamp64Nano(
    toInt64((SELECT max(arrived_at) FROM settled WHERE name = 'rollups')), 'UTC')
GROUP BY workspace_id, trace_id, session_id, project_id
ORDER BY min(arrived_at)
