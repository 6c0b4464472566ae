-- The own prices of all workspaces, those of a model together, the latest first.
SELECT * FROM prices FINAL ORDER BY workspace_id, lower(model), provider, valid_from_ns DESC
