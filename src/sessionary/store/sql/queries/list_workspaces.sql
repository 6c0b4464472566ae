-- The workspaces that were created. Reads all of the small table.
SELECT id, name, created_ns FROM workspaces FINAL ORDER BY id
