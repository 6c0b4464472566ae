-- The span of start times that the known spans of the traces lie in; 0 where none is known.
SELECT
    toUnixTimestamp64Nano(min(first_start)) AS first_start_ns,
    toUnixTimestamp64Nano(max(last_start)) AS last_start_ns,
    count() AS traces_count
FROM known_locations
