-- Rows of sessions in order, among them some that a later version superseded: see
-- queries/session_versions.sql. ${sessions} is sessions_by_start where that order is asked for,
-- and read no further than needed; else sessions, of which only the columns that sort are read
-- in full.
SELECT ${columns}
FROM ${sessions}
WHERE workspace_id = {workspace_id:String} AND NOT is_deleted AND ${after}
    AND ({project_id:String} = '' OR project_id = {project_id:String})
ORDER BY ${order}
LIMIT {limit:UInt64}
