-- All names of the renamed sessions that have one of the given names. Reads session_names, which
-- holds renamed sessions only.
SELECT name, id
FROM session_names FINAL
WHERE workspace_id = {workspace_id:String} AND id GLOBAL IN
(
    SELECT id FROM session_names FINAL
    WHERE workspace_id = {workspace_id:String} AND name IN {names:Array(String)}
)
