-- Rows of sessions in order, among them some that a later version superseded: see
-- sessions/sql/session_versions.sql. ${sessions} is sessions_by_start where that order is asked for,
-- and read no further than needed; else sessions, of which only the columns that sort are read
-- in full. More than one key and the engine's dynamic filter do not agree (store/clickhouse/pool.py).
SELECT ${columns}
FROM ${sessions}
WHERE workspace_id = {workspace_id:String} AND NOT is_deleted AND ${where} AND ${after}
ORDER BY ${order}
LIMIT {limit:UInt64}
SETTINGS use_top_k_dynamic_filtering = ${is_by_one_key}
