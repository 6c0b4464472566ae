-- The scores of sessions, and of the traces that are in them now, by session and name. Reads
-- traces by (workspace_id, session_id), and scores by their indexes.
SELECT
    if(trace_id = '', session_id, place.session_id) AS current_session_id,
    name,
    count() AS count,
    avg(number) AS mean,
    argMax((data_type, number, text), (version, id)) AS last
FROM
(
    SELECT * FROM scores FINAL
    WHERE workspace_id = {workspace_id:String}
        AND (session_id IN {session_ids:Array(String)} OR trace_id GLOBAL IN
        (
            SELECT trace_id FROM traces FINAL
            WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
        ))
) AS score
LEFT JOIN
(
    SELECT trace_id, session_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id IN {session_ids:Array(String)}
) AS place USING (trace_id)
GROUP BY current_session_id, name
ORDER BY current_session_id, name
SETTINGS prefer_column_name_to_alias = 1
