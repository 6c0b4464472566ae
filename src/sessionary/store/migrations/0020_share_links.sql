-- Links that show one session to whoever has them, without a key. Of a link's token there is only
-- its SHA-256 in hex; one that was revoked is a deleted row. session_id: the session's `_id`.
-- Key: by what a link comes with; the few of a session are found by reading all.
-- shard by: 1
CREATE TABLE ${table}
(
    token_hash String,
    workspace_id String,
    id String,
    session_id String,
    with_messages Bool,
    created_ns UInt64,
    created_by String,
    expires_ns UInt64,
    version UInt64,
    is_deleted UInt8
)
ENGINE = ${engine:ReplacingMergeTree(version, is_deleted)}
ORDER BY token_hash
SETTINGS ${durable}
