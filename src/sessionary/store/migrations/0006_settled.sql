-- How far something has come with the spans, in order of arrival. `rollups`: what lies after it when
-- a server starts was cut off between storing and rolling up, and is rolled up then. `message_texts`:
-- spans that arrived after it are not indexed yet. `rebuild`: is there while the derived tables
-- are filled again; one that is there when a server starts was cut off, and is done anew then.
-- shard by: 1
CREATE TABLE ${table}
(
    name String,
    arrived_at UInt64
)
ENGINE = ${engine:ReplacingMergeTree(arrived_at)}
ORDER BY name
SETTINGS ${durable}
