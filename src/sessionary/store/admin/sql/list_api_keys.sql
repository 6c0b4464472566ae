-- The keys of a workspace, the latest first. Reads api_keys by workspace_id.
SELECT *
FROM api_keys FINAL
WHERE workspace_id = {workspace_id:String}
ORDER BY created_ns DESC, id
