-- Sessions with rows under several starts, each with its latest version: the engine does not merge
-- the older ones away, since the start is part of the key. Reads all of sessions_by_start.
SELECT id, max(version) AS version
FROM sessions_by_start
GROUP BY id
HAVING min(started_at) != max(started_at)
LIMIT {limit:UInt64}
SETTINGS max_bytes_before_external_group_by = 67108864
