-- Scores, the latest first, each with the session that its trace is in now, by the name that the
-- spans report. ${about} says which: finds them by the indexes of scores, and the traces by
-- (workspace_id, trace_id). After the score `last_id`, if it is not empty.
SELECT
    id, trace_id, span_id, name, data_type, number, text, comment, source,
    toUnixTimestamp64Nano(created_at) AS created_ns, version,
    if(trace_id = '', session_id, location.session_id) AS stored_session_id
FROM
(
    SELECT * FROM scores FINAL
    WHERE workspace_id = {workspace_id:String} AND ${about}
        AND ({last_id:String} = '' OR (created_at, id) <
        (
            SELECT max((created_at, id)) FROM scores FINAL
            WHERE workspace_id = {workspace_id:String} AND id = {last_id:String}
        ))
    ORDER BY created_at DESC, id DESC
    LIMIT {limit:UInt64}
) AS score
LEFT JOIN
(
    SELECT trace_id, session_id FROM trace_locations FINAL
    WHERE workspace_id = {workspace_id:String} AND trace_id GLOBAL IN
        (SELECT trace_id FROM scores WHERE workspace_id = {workspace_id:String} AND ${about})
) AS location USING (trace_id)
ORDER BY created_at DESC, id DESC
SETTINGS prefer_column_name_to_alias = 1
