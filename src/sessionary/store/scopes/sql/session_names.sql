-- Names of renamed sessions. Reads session_names, which holds renamed sessions only; by
-- (workspace_id, name) where ${those} asks for names.
SELECT name, id
FROM session_names FINAL
WHERE workspace_id = {workspace_id:String} AND ${those}
