-- Deletions and changes of keys, for good: nothing here is ever changed. Ids sort by time.
-- Key: by workspace, as it is read, the latest first.
-- shard by: 1
CREATE TABLE ${table}
(
    workspace_id String,
    id String,
    at_ns UInt64,
    actor String,
    key_id String,
    action LowCardinality(String),
    subject String,
    detail String
)
ENGINE = ${engine:MergeTree()}
ORDER BY (workspace_id, id)
SETTINGS ${durable}
