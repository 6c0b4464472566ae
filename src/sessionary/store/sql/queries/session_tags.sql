-- Every tag of the workspace's sessions. Reads only that column of sessions.
SELECT arraySort(groupUniqArrayArray(tags)) AS tags
FROM sessions FINAL
WHERE workspace_id = {workspace_id:String}
