-- Every tag of the sessions, of one project where it is named. Reads only those columns of sessions.
SELECT arraySort(groupUniqArrayArray(tags)) AS tags
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String}
    AND ({project_id:String} = '' OR project_id = {project_id:String})
