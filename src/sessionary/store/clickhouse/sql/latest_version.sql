-- The version of a record, also of one that was taken away; 0 where there never was one. Reads its
-- small table by the key.
SELECT max(version) AS version
FROM ${table}
WHERE ${key}
