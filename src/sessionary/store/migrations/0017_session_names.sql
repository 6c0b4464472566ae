-- External ids that a session has besides the one its `_id` comes from: it was renamed.
-- shard by: cityHash64(workspace_id, name)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    name String,
    id FixedString(16),
    version UInt64
)
ENGINE = ${engine:ReplacingMergeTree(version)}
ORDER BY (workspace_id, name)
SETTINGS index_granularity = 256, ${durable}
