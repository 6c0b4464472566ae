-- What a workspace says that calls of a model cost, from `valid_from_ns` on, in US dollars; a rate
-- that is null is that of the sort of tokens which it is part of.
-- Key: by workspace, as they are listed.
-- shard by: 1
CREATE TABLE ${table}
(
    workspace_id String,
    id String,
    model String,
    provider String,
    valid_from_ns Int64,
    input_per_million Decimal(18, 9),
    output_per_million Decimal(18, 9),
    cache_read_per_million Nullable(Decimal(18, 9)),
    cache_write_per_million Nullable(Decimal(18, 9)),
    audio_input_per_million Nullable(Decimal(18, 9)),
    audio_output_per_million Nullable(Decimal(18, 9)),
    per_thousand_requests Nullable(Decimal(18, 9)),
    version UInt64,
    is_deleted UInt8
)
ENGINE = ${engine:ReplacingMergeTree(version, is_deleted)}
ORDER BY (workspace_id, id)
SETTINGS ${durable}
