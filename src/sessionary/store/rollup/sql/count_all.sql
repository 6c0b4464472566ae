-- What is derived, over all workspaces.
SELECT
    (SELECT count() FROM traces FINAL) AS traces,
    (SELECT count() FROM sessions FINAL) AS sessions
