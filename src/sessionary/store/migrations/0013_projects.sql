-- What people said of projects. A project that spans name needs no row here.
-- Key: by workspace, as they are listed.
-- shard by: 1
CREATE TABLE ${table}
(
    workspace_id String,
    id String,
    name String,
    created_ns UInt64,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ${engine:ReplacingMergeTree(version, is_deleted)}
ORDER BY (workspace_id, id)
SETTINGS ${durable}
