-- A condition on sessions: a span of theirs contains a text. ${words} asks message_texts, by its
-- index on words or text by text; ${current} excludes its superseded rows and spans that are not
-- indexed yet, and ${late} adds the traces of those. ${within} says which traces are asked at all,
-- ${since} which spans.
-- Reads trace_locations by (workspace_id, trace_id).
id GLOBAL IN
(
    SELECT if(renamed.name = '', toFixedString(substring(SHA256(
        concat({workspace_id:String}, '\0', located.session_id)), 1, 16), 16), renamed.id)
    FROM
    (
        SELECT session_id FROM trace_locations FINAL
        WHERE workspace_id = {workspace_id:String} AND session_id != '' AND trace_id GLOBAL IN
        (
            SELECT trace_id FROM message_texts
            WHERE workspace_id = {workspace_id:String} AND ${since} AND ${words} AND ${current}
            SETTINGS max_block_size = 16
            ${late}
        )
        AND ${within}
    ) AS located
    LEFT JOIN
    (
        SELECT name, id FROM session_names FINAL WHERE workspace_id = {workspace_id:String}
    ) AS renamed ON renamed.name = located.session_id
)
