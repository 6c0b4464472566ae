-- The keys of the metadata that traces have which meet ${where}.
SELECT DISTINCT arrayJoin(mapKeys(metadata)) AS key
FROM traces FINAL
WHERE ${where}
ORDER BY key
LIMIT {limit:UInt64}
