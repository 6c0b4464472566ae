-- Everything that arrived, one row a span. Of copies the one that ends later wins, then the one
-- that arrived later; copies whose start lies in another hour are told apart when read
-- (rollup/sql/touched_spans.sql), so no query may trust the engine alone to have merged them.
-- Text is String, not LowCardinality: building 25 dictionaries an insert cost a sixth of it.
-- Parts are merged by sixteen at least: by fewer at a time, every span was written again more often,
-- for a quarter of all work of storing it.
-- Granules of 2 MiB at most: to read the text of a span takes several times its granule's memory.
-- Key: the hour first, so that the spans of live traces lie together and a roll-up reads few
-- granules whatever the size of the table.
-- shard by: cityHash64(workspace_id, trace_id)
CREATE TABLE ${table}
(
    workspace_id String CODEC(ZSTD(1)),
    trace_id String CODEC(ZSTD(1)),
    span_id String CODEC(ZSTD(1)),
    parent_span_id String CODEC(ZSTD(1)),
    start_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    end_time DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    arrived_at DateTime64(9, 'UTC') CODEC(Delta, ZSTD(1)),
    name String CODEC(ZSTD(1)),
    scope String CODEC(ZSTD(1)),
    signal String CODEC(ZSTD(1)),
    kind String CODEC(ZSTD(1)),
    is_error Bool,
    status_code UInt8,
    status_message String CODEC(ZSTD(1)),
    session_id String CODEC(ZSTD(1)),
    contact_id String CODEC(ZSTD(1)),
    project_id String CODEC(ZSTD(1)),
    environment String CODEC(ZSTD(1)),
    release String CODEC(ZSTD(1)),
    trace_name String CODEC(ZSTD(1)),
    tags Array(String) CODEC(ZSTD(1)),
    title String CODEC(ZSTD(1)),
    client String CODEC(ZSTD(1)),
    repo String CODEC(ZSTD(1)),
    metadata Map(String, String) CODEC(ZSTD(1)),
    provider String CODEC(ZSTD(1)),
    request_model String CODEC(ZSTD(1)),
    response_model String CODEC(ZSTD(1)),
    response_id String CODEC(ZSTD(1)),
    finish_reason String CODEC(ZSTD(1)),
    reports_usage Bool,
    input_tokens UInt64 CODEC(T64, ZSTD(1)),
    output_tokens UInt64 CODEC(T64, ZSTD(1)),
    cache_read_tokens UInt64 CODEC(T64, ZSTD(1)),
    cache_write_tokens UInt64 CODEC(T64, ZSTD(1)),
    reasoning_tokens UInt64 CODEC(T64, ZSTD(1)),
    audio_input_tokens UInt64 CODEC(T64, ZSTD(1)),
    audio_output_tokens UInt64 CODEC(T64, ZSTD(1)),
    input_cost Decimal(18, 12) CODEC(ZSTD(1)),
    output_cost Decimal(18, 12) CODEC(ZSTD(1)),
    total_cost Decimal(18, 12) CODEC(ZSTD(1)),
    cost_source String CODEC(ZSTD(1)),
    time_to_first_token_ms Nullable(Float64) CODEC(ZSTD(1)),
    attributes Map(String, String) CODEC(ZSTD(1)),
    json_attributes Array(String) CODEC(ZSTD(1)),
    truncated_attributes Array(String) CODEC(ZSTD(1)),
    dropped_attributes_count UInt32,
    resource_attributes Map(String, String) CODEC(ZSTD(1)),
    events Array(Tuple(
        time_ns Int64,
        name String,
        attributes Map(String, String))) CODEC(ZSTD(1)),
    links Array(Tuple(
        trace_id String,
        span_id String,
        attributes Map(String, String))) CODEC(ZSTD(1)),
    INDEX arrived arrived_at TYPE minmax GRANULARITY 1
)
ENGINE = ${engine:ReplacingMergeTree(end_time)}
ORDER BY (workspace_id, toStartOfHour(start_time), trace_id, span_id)
SETTINGS index_granularity = 512, index_granularity_bytes = 2097152,
    min_bytes_for_wide_part = 1073741824, min_parts_to_merge_at_once = 16, ${durable}
