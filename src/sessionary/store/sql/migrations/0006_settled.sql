-- One row: all spans that arrived up to `arrived_at` are rolled up. What lies after it when a
-- server starts was cut off between storing and rolling up, and is rolled up then.
-- shard by: 1
CREATE TABLE ${table}
(
    name String,
    arrived_at UInt64
)
ENGINE = ${engine:ReplacingMergeTree(arrived_at)}
ORDER BY name
SETTINGS ${durable}
