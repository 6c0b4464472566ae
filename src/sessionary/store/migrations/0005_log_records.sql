-- Log records kept beside the spans: prompts, messages, tool results of libraries that report
-- them as logs. A record sent again is the same row.
-- shard by: cityHash64(workspace_id, trace_id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    trace_id String,
    span_id String,
    session_id String,
    time DateTime64(9, 'UTC'),
    event_name LowCardinality(String),
    scope LowCardinality(String),
    body String CODEC(ZSTD(1)),
    attributes String CODEC(ZSTD(1))
)
ENGINE = ${engine:ReplacingMergeTree()}
ORDER BY (workspace_id, trace_id, time, event_name, span_id, cityHash64(session_id, body, attributes))
SETTINGS index_granularity = 512, ${durable}
