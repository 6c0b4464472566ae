-- Derived from spans; `sessionary rebuild` makes it anew. One row a trace under its session; a
-- trace that changed its session leaves a deleted row under the old one. Traces without a
-- session have an empty session_id.
-- Key: by session, since that is how sessions are rolled up and shown.
-- shard by: cityHash64(workspace_id, session_id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    session_id String,
    trace_id String,
    project_id LowCardinality(String),
    name LowCardinality(String),
    start_time DateTime64(9, 'UTC'),
    end_time DateTime64(9, 'UTC'),
    contact_id String,
    tags Array(String),
    environments Array(String),
    releases Array(String),
    providers Array(String),
    is_from_logs Bool,
    spans_count UInt64,
    error_spans_count UInt64,
    tool_calls_count UInt64,
    model_calls_count UInt64,
    failed_calls_count UInt64,
    unpriced_calls_count UInt64,
    errors_count UInt64,
    input_tokens UInt64,
    output_tokens UInt64,
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
    call_span_ids Array(String),
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
ORDER BY (workspace_id, session_id, trace_id)
SETTINGS index_granularity = 1024, max_compress_block_size = 65536, ${durable}
