-- What each table takes on the disk, the largest first; on a cluster the tables of each node end
-- with _local. Reads system.parts.
SELECT
    if(endsWith(table, '_local'), left(table, length(table) - 6), table) AS name,
    sum(rows) AS rows,
    sum(bytes_on_disk) AS bytes
FROM ${parts}
WHERE active AND database = currentDatabase()
GROUP BY name
ORDER BY bytes DESC, name
