-- The time of the latest erasure, and up to when erasures have been removed from disk; 0 is never.
SELECT
    maxIf(arrived_at, name = 'erased') AS erased_ns,
    maxIf(arrived_at, name = 'scrubbed') AS scrubbed_ns
FROM settled
