-- The tenants. The workspace `default` is always there and needs no row.
-- Key: by id.
-- shard by: 1
CREATE TABLE ${table}
(
    id String,
    name String,
    created_ns UInt64,
    version UInt64
)
ENGINE = ${engine:ReplacingMergeTree(version)}
ORDER BY id
SETTINGS ${durable}
