-- Parts that were replaced but are on disk. Reading _state lists those that are being removed too.
-- Reads system.parts.
SELECT table, name
FROM ${parts}
WHERE database = currentDatabase() AND _state != 'Active'
