-- Of the names of renamed sessions among those given: what the sessions are called now. Reads
-- session_names, which holds renamed sessions only, and sessions by (workspace_id, id).
SELECT name, external_id
FROM
(
    SELECT name, id FROM session_names FINAL
    WHERE workspace_id = {workspace_id:String} AND name IN {names:Array(String)}
) AS renamed
INNER JOIN
(
    SELECT id, external_id FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String} AND id GLOBAL IN
    (
        SELECT id FROM session_names
        WHERE workspace_id = {workspace_id:String} AND name IN {names:Array(String)}
    )
) AS session USING (id)
