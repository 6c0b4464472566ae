-- What the API was told of contacts; one that only traces tell of has no row. Texts are empty
-- where nothing was said, metadata is a JSON object. Times are nanoseconds since 1970; `version`
-- is when the row was written.
-- shard by: cityHash64(workspace_id, external_id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    external_id String,
    display_name String,
    email String,
    avatar_url String,
    tags Array(String),
    metadata String CODEC(ZSTD(1)),
    created_ns Int64,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ${engine:ReplacingMergeTree(version, is_deleted)}
ORDER BY (workspace_id, external_id)
SETTINGS index_granularity = 1024, ${durable}
