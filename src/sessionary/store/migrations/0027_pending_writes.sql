-- Writes of several statements that have begun and not ended, one row each (store/pending_writes/intents.py). A
-- row that is there when a server starts was interrupted and is completed first. `write` is JSON
-- with the resolved targets: it names sessions and contacts, so it must not stay on disk.
-- A partition each: dropping one removes its files at once, which deleting a row does not.
-- shard by: 1
CREATE TABLE ${table}
(
    id String,
    kind LowCardinality(String),
    write String CODEC(ZSTD(1))
)
ENGINE = ${engine:MergeTree()}
PARTITION BY id
ORDER BY id
SETTINGS ${durable}
