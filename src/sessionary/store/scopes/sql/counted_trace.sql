-- A condition on traces: they count in the figures of their session, as rollup/sql/sessions.sql has
-- it. Traces made only of log records count only where no span of the session reports a call, under
-- whichever of the session's names. ${scope} says among which traces that is looked for.
(NOT is_from_logs OR session_id GLOBAL NOT IN
(
    SELECT arrayJoin(arrayPushBack(names, session_id))
    FROM
    (
        SELECT DISTINCT session_id FROM traces FINAL
        WHERE workspace_id = {workspace_id:String} AND session_id != '' AND ${scope}
            AND model_calls_count > 0 AND NOT is_from_logs
    ) AS with_calls
    GLOBAL LEFT JOIN
    (
        SELECT name AS session_id, names
        FROM
        (
            SELECT groupArray(name) AS names FROM session_names FINAL
            WHERE workspace_id = {workspace_id:String}
            GROUP BY id
        )
        ARRAY JOIN names AS name
    ) AS renamed USING (session_id)
))
