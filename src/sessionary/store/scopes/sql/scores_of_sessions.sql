-- The scores of ${name}, each with the `_id` of the session that it counts for: those on the
-- session itself, and those on its traces and their spans, under each name that the session has
-- or had. ${within} says of which traces. Reads the names of all scores, and trace_locations by its
-- key.
SELECT
    if(renamed.id = toFixedString('', 16),
        toFixedString(substring(SHA256(concat({workspace_id:String}, '\0', name)), 1, 16), 16),
        renamed.id) AS id,
    number, text
FROM
(
    SELECT if(trace_id = '', score.session_id, location.session_id) AS name, number, text
    FROM
    (
        SELECT session_id, trace_id, number, text FROM scores FINAL
        WHERE workspace_id = {workspace_id:String} AND name = ${name}
            AND (trace_id = '' OR ${within})
    ) AS score
    LEFT JOIN
    (
        SELECT trace_id, session_id FROM trace_locations FINAL
        WHERE workspace_id = {workspace_id:String} AND trace_id GLOBAL IN
        (
            SELECT trace_id FROM scores
            WHERE workspace_id = {workspace_id:String} AND name = ${name} AND trace_id != ''
        )
    ) AS location USING (trace_id)
) AS scored
LEFT JOIN
(
    SELECT name, id FROM session_names FINAL WHERE workspace_id = {workspace_id:String}
) AS renamed USING (name)
WHERE name != ''
