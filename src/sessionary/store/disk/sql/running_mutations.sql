-- Mutations that are not applied to all parts yet, with why not. Reads system.mutations.
SELECT table, mutation_id, latest_fail_reason
FROM ${mutations}
WHERE database = currentDatabase() AND NOT is_done
