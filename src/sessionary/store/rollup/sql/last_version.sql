-- The greatest version or arrival that was given out.
SELECT greatest(
    (SELECT max(arrived_at) FROM settled),
    (SELECT toUInt64(toUnixTimestamp64Nano(max(arrived_at))) FROM spans),
    (SELECT max(version) FROM traces),
    (SELECT max(version) FROM sessions),
    (SELECT max(version) FROM session_reports)) AS version
