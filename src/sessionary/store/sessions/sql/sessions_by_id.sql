-- Sessions by `_id`. Reads sessions by (workspace_id, id).
SELECT ${columns}
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String}
    AND id IN {ids:Array(FixedString(16))}
