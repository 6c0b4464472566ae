-- Every tag of the sessions, of one project where it is named. Reads only those columns of sessions.
-- Each tag once, then all of them: an array of the tags of a million sessions takes twice as long.
SELECT arraySort(groupArray(tag)) AS tags
FROM
(
    SELECT DISTINCT arrayJoin(tags) AS tag
    FROM sessions FINAL
    WHERE workspace_id = {workspace_id:String}
        AND ({project_id:String} = '' OR project_id = {project_id:String})
)
