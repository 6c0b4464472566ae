-- What API calls said of a session, beside what its traces measure; the two are joined by
-- rollup/sql/reported_sessions.sql. A figure is an adjustment: what was written less what was measured
-- then. NULL is not written. names: the external ids that the session has or had.
-- shard by: cityHash64(workspace_id, id)
CREATE TABLE ${table}
(
    workspace_id LowCardinality(String),
    id FixedString(16),
    external_id String,
    names Array(String),
    created_ns Int64,
    project_id Nullable(String),
    started_ns Nullable(Int64),
    title Nullable(String),
    client Nullable(String),
    repo Nullable(String),
    kind Nullable(String),
    duration_ns Int64,
    traces_count Int64,
    input_tokens Int64,
    output_tokens Int64,
    total_tokens Int64,
    input_cost Decimal(38, 12),
    output_cost Decimal(38, 12),
    total_cost Decimal(38, 12),
    tags_added Array(String),
    tags_removed Array(String),
    contact_ids_added Array(String),
    contact_ids_removed Array(String),
    version UInt64
)
ENGINE = ${engine:ReplacingMergeTree(version)}
ORDER BY (workspace_id, id)
SETTINGS index_granularity = 256, ${durable}
