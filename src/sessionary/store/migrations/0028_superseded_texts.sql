-- Rows of message_texts that a later row of the same span replaced: a search skips them. `version`
-- is that of the row, `superseded_by` that of the row that replaced it.
-- Rows are removed some time after those of message_texts (store/messages/search_index.py).
-- shard by: cityHash64(workspace_id, trace_id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    trace_id String,
    span_id String,
    version UInt64,
    superseded_by UInt64
)
ENGINE = ${engine:ReplacingMergeTree(superseded_by)}
ORDER BY (workspace_id, trace_id, span_id, version)
SETTINGS index_granularity = 256, ${durable}
