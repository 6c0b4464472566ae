-- Where a trace's spans lie in time and which session it was last given to: what a roll-up has
-- to know before it reads. Derived, like traces.
-- shard by: cityHash64(workspace_id, trace_id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    trace_id String,
    session_id String,
    first_start_ns Int64,
    last_start_ns Int64,
    version UInt64
)
ENGINE = ${engine:ReplacingMergeTree(version)}
ORDER BY (workspace_id, trace_id)
SETTINGS index_granularity = 256, ${durable}
