-- How many sessions, and traces in none, had no activity since a time. Reads sessions by
-- workspace_id, traces by (workspace_id, session_id).
SELECT
    (
        SELECT count() FROM sessions FINAL
        WHERE workspace_id = {workspace_id:String}
            AND ended_at < fromUnixTimestamp64Nano({before_ns:Int64}, 'UTC')
    ) AS sessions,
    (
        SELECT count() FROM traces FINAL
        WHERE workspace_id = {workspace_id:String} AND session_id = ''
            AND end_time < fromUnixTimestamp64Nano({before_ns:Int64}, 'UTC')
    ) AS traces
