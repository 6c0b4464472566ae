-- Traces that outlived the session they were in: it was deleted without them. They are in none.
-- shard by: cityHash64(workspace_id, trace_id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    trace_id String
)
ENGINE = ${engine:ReplacingMergeTree()}
ORDER BY (workspace_id, trace_id)
SETTINGS index_granularity = 256, ${durable}
