-- The latest entries of a workspace, before the entry `last_id`. Reads audit_log by its key.
SELECT *
FROM audit_log
WHERE workspace_id = {workspace_id:String} AND ({last_id:String} = '' OR id < {last_id:String})
ORDER BY id DESC
LIMIT {limit:UInt64}
