-- Derived from traces; `sessionary rebuild` makes it anew. `id` is a pure function of the
-- workspace and the external id. `active_ns` is the length of the union of the traces' intervals.
-- Merged to one part once nothing was written for a minute: reading it FINAL is then free.
-- Small granules, since sessions are looked up one by one, by a page of scattered ids at most;
-- small blocks, since to write a part takes the memory of one for each of some 200 streams.
-- shard by: cityHash64(workspace_id, external_id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    id FixedString(16),
    external_id String,
    project_id LowCardinality(String),
    started_at DateTime64(9, 'UTC'),
    ended_at DateTime64(9, 'UTC'),
    duration_ns UInt64,
    active_ns UInt64,
    contact_ids Array(String),
    tags Array(LowCardinality(String)),
    environments Array(LowCardinality(String)),
    releases Array(LowCardinality(String)),
    providers Array(LowCardinality(String)),
    traces_count UInt64,
    spans_count UInt64,
    error_spans_count UInt64,
    tool_calls_count UInt64,
    model_calls_count UInt64,
    failed_calls_count UInt64,
    unpriced_calls_count UInt64,
    errors_count UInt64,
    error_traces_count UInt64,
    input_tokens UInt64,
    output_tokens UInt64,
    total_tokens UInt64,
    cache_read_tokens UInt64,
    cache_write_tokens UInt64,
    reasoning_tokens UInt64,
    audio_input_tokens UInt64,
    audio_output_tokens UInt64,
    input_cost Decimal(38, 12),
    output_cost Decimal(38, 12),
    total_cost Decimal(38, 12),
    calls_by_model Map(String, UInt64),
    failed_calls_by_model Map(String, UInt64),
    input_tokens_by_model Map(String, UInt64),
    output_tokens_by_model Map(String, UInt64),
    cost_by_model Map(String, Decimal(38, 12)),
    requested_models Array(Tuple(response_model String, request_model String)),
    title String,
    client LowCardinality(String),
    repo LowCardinality(String),
    kind LowCardinality(String),
    first_input String,
    last_output String,
    metadata Map(String, String),
    version UInt64,
    is_deleted UInt8
)
ENGINE = ${engine:ReplacingMergeTree(version, is_deleted)}
ORDER BY (workspace_id, id)
SETTINGS index_granularity = 256, min_compress_block_size = 16384, max_compress_block_size = 65536,
    merge_max_block_size = 8192, min_age_to_force_merge_seconds = 60,
    min_age_to_force_merge_on_partition_only = 1, ${durable}
