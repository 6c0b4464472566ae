-- The sessions that ${where} selects, once for each of their names, and what traces are split by
-- that is theirs.
SELECT
    arrayJoin(if(empty(names), [external_id], names)) AS session_id,
    id AS session_key,
    project_id AS session_project_id,
    CAST(tags, 'Array(String)') AS session_tags,
    CAST(environments, 'Array(String)') AS session_environments,
    contact_ids AS session_contact_ids,
    kind AS session_kind,
    client AS session_client
FROM
(
    SELECT id, external_id, project_id, tags, environments, contact_ids, kind, client
    FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String} AND ${where}
) AS session
LEFT JOIN
(
    SELECT id, names FROM session_reports FINAL WHERE workspace_id = {workspace_id:String}
) AS report USING (id)
