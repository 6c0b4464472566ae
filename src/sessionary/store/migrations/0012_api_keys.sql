-- Who may come in. A row says something of a key, and the greatest of each column stands: so a
-- process that writes when a key was last used cannot undo a revocation that it did not see.
-- Of the secret there is only its SHA-256 in hex. Times are nanoseconds, 0 where there is none.
-- Key: by workspace, as they are listed; to let requests in, all are read at once and kept.
-- shard by: 1
CREATE TABLE ${table}
(
    workspace_id String,
    id String,
    secret_hash SimpleAggregateFunction(max, String),
    project_id SimpleAggregateFunction(max, String),
    name SimpleAggregateFunction(max, String),
    prefix SimpleAggregateFunction(max, String),
    scopes SimpleAggregateFunction(max, Array(String)),
    created_ns SimpleAggregateFunction(max, UInt64),
    created_by SimpleAggregateFunction(max, String),
    expires_ns SimpleAggregateFunction(max, UInt64),
    revoked_ns SimpleAggregateFunction(max, UInt64),
    last_used_ns SimpleAggregateFunction(max, UInt64)
)
ENGINE = ${engine:AggregatingMergeTree()}
ORDER BY (workspace_id, id)
SETTINGS ${durable}
