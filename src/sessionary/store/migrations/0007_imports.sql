-- What was loaded once and is not to be loaded again (the sample data), and what was removed.
-- shard by: 1
CREATE TABLE ${table}
(
    name String,
    state LowCardinality(String),
    version UInt64
)
ENGINE = ${engine:ReplacingMergeTree(version)}
ORDER BY name
SETTINGS ${durable}
