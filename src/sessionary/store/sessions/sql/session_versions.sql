-- The latest version of each of the given sessions. Reads sessions by (workspace_id, id).
SELECT lower(hex(id)) AS session_key, max(version) AS version
FROM sessions
WHERE workspace_id = {workspace_id:String}
    AND id IN {ids:Array(FixedString(16))}
GROUP BY id
