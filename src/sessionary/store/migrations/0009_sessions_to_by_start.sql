-- Keeps sessions_by_start.
CREATE MATERIALIZED VIEW ${table} TO ${target:sessions_by_start} AS
SELECT * FROM ${source:sessions}
