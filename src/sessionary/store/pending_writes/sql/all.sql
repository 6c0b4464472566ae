-- The writes that have begun and not ended. Reads all of the small table.
SELECT DISTINCT kind, write FROM pending_writes
