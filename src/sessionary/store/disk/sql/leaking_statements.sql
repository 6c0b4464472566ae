-- Stored mutations that contain ids as literals. Reads system.mutations.
SELECT table, mutation_id AS name
FROM ${mutations}
WHERE database = currentDatabase() AND ${leaks}
