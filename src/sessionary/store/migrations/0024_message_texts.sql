-- What spans say, to be searched; derived from spans, a while after they arrived
-- (store/messages/search_index.py). Of copies the one that ends later stays, as in spans.
-- A table of its own, since the index on words costs as much as storing a span: it is made when
-- there is time, and spans are merged without it.
-- shard by: cityHash64(workspace_id, trace_id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    trace_id String,
    span_id String,
    start_time DateTime64(9, 'UTC'),
    end_time DateTime64(9, 'UTC'),
    text String CODEC(ZSTD(1)),
    INDEX words text TYPE text(tokenizer = 'splitByNonAlpha')
)
ENGINE = ${engine:ReplacingMergeTree(end_time)}
ORDER BY (workspace_id, toStartOfHour(start_time), trace_id, span_id)
SETTINGS index_granularity = 256, index_granularity_bytes = 2097152, ${durable}
