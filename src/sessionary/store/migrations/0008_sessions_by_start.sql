-- The rows of sessions in the order in which they are listed by default, so that the newest lie
-- together. A view copies every insert; a row that a later version of its session superseded may
-- stay here: whoever reads checks versions against sessions (store/sessions/queries.py).
-- shard by: cityHash64(workspace_id, external_id)
CREATE TABLE ${table} AS ${source:sessions}
ENGINE = ${engine:ReplacingMergeTree(version, is_deleted)}
ORDER BY (workspace_id, -toUnixTimestamp64Nano(started_at), id)
SETTINGS index_granularity = 1024, min_compress_block_size = 16384, max_compress_block_size = 65536,
    merge_max_block_size = 8192, min_age_to_force_merge_seconds = 60,
    min_age_to_force_merge_on_partition_only = 1, ${durable}
