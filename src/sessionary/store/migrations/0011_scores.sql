-- What someone or something thinks of a session (by its external id), a trace or a span; one on a
-- trace names no session, since a trace may change its own. A boolean is 1 or 0 too; categories
-- are a JSON array in `text`. `version` is when the row was written.
-- Key: by id, which replaces whatever it was about before; what it is about is found by indexes.
-- shard by: cityHash64(workspace_id, id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    id String,
    session_id String,
    trace_id String,
    span_id String,
    name LowCardinality(String),
    data_type LowCardinality(String),
    number Nullable(Float64),
    text String CODEC(ZSTD(1)),
    comment String CODEC(ZSTD(1)),
    source LowCardinality(String),
    created_at DateTime64(9, 'UTC'),
    version UInt64,
    is_deleted UInt8,
    INDEX sessions session_id TYPE bloom_filter GRANULARITY 1,
    INDEX traces trace_id TYPE bloom_filter GRANULARITY 1
)
ENGINE = ${engine:ReplacingMergeTree(version, is_deleted)}
ORDER BY (workspace_id, id)
SETTINGS index_granularity = 1024, ${durable}
