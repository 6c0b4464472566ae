-- Reports whose session was not derived since they were written. Those up to the mark were all
-- checked before. A view copies sessions to sessions_by_start, which may be interrupted too.
-- Reads the versions of session_reports; of sessions those by (workspace_id, id), and of
-- sessions_by_start all ids where there are reports to check.
WITH written AS
(
    SELECT workspace_id, id, max(version) AS latest
    FROM session_reports
    WHERE version > (SELECT max(arrived_at) FROM settled WHERE name = {name:String})
    GROUP BY workspace_id, id
)
SELECT workspace_id, id, names
FROM session_reports FINAL
WHERE (workspace_id, id) GLOBAL IN
(
    SELECT workspace_id, id
    FROM
    (
        SELECT workspace_id, id, latest, 0 AS derived, 0 AS listed FROM written
        UNION ALL
        SELECT workspace_id, id, 0, version, 0 FROM sessions
        WHERE (workspace_id, id) GLOBAL IN (SELECT workspace_id, id FROM written)
        UNION ALL
        SELECT workspace_id, id, 0, 0, version FROM sessions_by_start
        WHERE (workspace_id, id) GLOBAL IN (SELECT workspace_id, id FROM written)
    )
    GROUP BY workspace_id, id
    HAVING max(latest) > least(max(derived), max(listed))
)
ORDER BY workspace_id, version
