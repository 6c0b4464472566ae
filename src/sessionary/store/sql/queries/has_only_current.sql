-- Whether sessions_by_start has only rows that are current. It has each of these, so if it has no
-- more rows than there are sessions, it has no others. Reads the key columns of both.
SELECT
    (SELECT count() FROM sessions FINAL WHERE workspace_id = {workspace_id:String})
    = (SELECT count() FROM sessions_by_start
        WHERE workspace_id = {workspace_id:String} AND NOT is_deleted) AS has_only_current
