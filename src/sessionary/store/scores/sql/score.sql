-- Delete a score, all versions of it.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String} AND id = {id:String}
