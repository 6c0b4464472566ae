-- Browsers that came with an API key and now come with a cookie. Of its token there is only its
-- SHA-256 in hex; a browser that was signed out is a deleted row. Times are nanoseconds.
-- Key: by what a request comes with.
-- shard by: 1
CREATE TABLE ${table}
(
    token_hash String,
    workspace_id String,
    key_id String,
    expires_ns UInt64,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ${engine:ReplacingMergeTree(version, is_deleted)}
ORDER BY token_hash
TTL toDateTime(intDiv(expires_ns, 1000000000)) + INTERVAL 1 DAY
SETTINGS ${durable}
