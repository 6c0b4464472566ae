-- The own prices of a workspace, those of a model together, the latest first. Reads prices by its
-- key.
SELECT * FROM prices FINAL
WHERE workspace_id = {workspace_id:String}
ORDER BY lower(model), provider, valid_from_ns DESC
