-- Tables with masked rows, or with mutations that contain ids as literals. On a cluster the tables
-- of each node end with _local. Reads system.parts and system.mutations.
SELECT DISTINCT if(endsWith(table, '_local'), left(table, length(table) - 6), table) AS name
FROM
(
    SELECT table FROM ${parts}
    WHERE database = currentDatabase() AND active AND has_lightweight_delete
    UNION ALL
    SELECT table FROM ${mutations}
    WHERE database = currentDatabase() AND ${leaks}
)
ORDER BY name
