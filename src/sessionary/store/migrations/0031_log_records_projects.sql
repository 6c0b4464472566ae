-- The project of the key that sent a record; empty for a key of the whole workspace.
-- alters: log_records
ALTER TABLE ${table}
    ADD COLUMN IF NOT EXISTS project_id LowCardinality(String)
