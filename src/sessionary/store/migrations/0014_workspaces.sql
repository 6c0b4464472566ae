-- The tenants. The workspace `default` is always there and needs no row. retention_days: 0 is for
-- ever, NULL what the server says.
-- Key: by id.
-- shard by: 1
CREATE TABLE ${table}
(
    id String,
    name String,
    created_ns UInt64,
    retention_days Nullable(UInt32),
    version UInt64
)
ENGINE = ${engine:ReplacingMergeTree(version)}
ORDER BY id
SETTINGS ${durable}
