-- The scores of sessions, and of the traces that are in them now, by session and name.
-- ${mean} is the one way to take a mean. `names` are all that the sessions are or were called,
-- `session_ids` the names that each is asked for by. Reads traces by (workspace_id, session_id),
-- and scores by their indexes.
SELECT
    transform(if(trace_id = '', score.session_id, place.session_id),
        {names:Array(String)}, {session_ids:Array(String)}, '') AS asked_id,
    name,
    count() AS count,
    if(count(number) > 0, ${mean}, NULL) AS mean,
    argMax((data_type, number, text), (version, id)) AS last
FROM
(
    SELECT * FROM scores FINAL
    WHERE workspace_id = {workspace_id:String}
        AND (session_id IN {names:Array(String)} OR trace_id GLOBAL IN
        (
            SELECT trace_id FROM traces FINAL
            WHERE workspace_id = {workspace_id:String} AND session_id IN {names:Array(String)}
                AND ({project_id:String} = '' OR project_id = {project_id:String})
        ))
) AS score
LEFT JOIN
(
    SELECT trace_id, session_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id IN {names:Array(String)}
) AS place USING (trace_id)
GROUP BY asked_id, name
ORDER BY asked_id, name
SETTINGS prefer_column_name_to_alias = 1
