-- Parts that the engine set aside because it could not load them: their rows are missing. On a
-- cluster the tables of each node end with _local. Reads system.detached_parts.
SELECT
    if(endsWith(table, '_local'), left(table, length(table) - 6), table) AS table,
    name,
    path,
    coalesce(reason, '') AS reason,
    bytes_on_disk AS bytes
FROM ${detached_parts}
WHERE database = currentDatabase()
ORDER BY table, name
