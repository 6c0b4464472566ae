-- The traces that began in the time and that count in the figures of their session.
-- ${sessions} joins the sessions where one of their fields is needed. Reads only the columns that
-- the outer query selects.
SELECT *
FROM
(
    SELECT *
    FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id != ''
        AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
        AND start_time < fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
        AND ${counts}
) AS trace
${sessions}
