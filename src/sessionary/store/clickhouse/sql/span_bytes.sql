-- How many rows spans has, and their bytes, uncompressed. Reads system.parts.
SELECT sum(rows) AS spans, sum(data_uncompressed_bytes) AS bytes
FROM ${parts}
WHERE active AND database = currentDatabase() AND table IN ('spans', 'spans_local')
