-- The workspaces with a record, the default one first. Reads all of the small table.
SELECT id, name, created_ns, retention_days
FROM workspaces FINAL
ORDER BY id != {default:String}, id
