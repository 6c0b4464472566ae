-- One slice of all sessions of a workspace, under each of their names.
INSERT INTO touched_sessions
WITH renamed AS (SELECT name, id FROM session_names FINAL WHERE workspace_id = {workspace_id:String})
SELECT name AS session_id, id
FROM
(
    SELECT DISTINCT session_id AS name, toFixedString(
        substring(SHA256(concat({workspace_id:String}, '\0', session_id)), 1, 16), 16) AS id
    FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id != ''
        AND session_id NOT IN (SELECT name FROM renamed)
    UNION ALL
    SELECT name, id FROM renamed
    UNION ALL
    SELECT external_id AS name, id FROM session_reports FINAL
    WHERE workspace_id = {workspace_id:String} AND id NOT IN (SELECT id FROM renamed)
)
WHERE cityHash64(id) % {slices:UInt64} = {slice:UInt64}
GROUP BY name, id
