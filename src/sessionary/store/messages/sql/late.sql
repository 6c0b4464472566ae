-- How far the index is, and how many spans of the workspace arrived after that.
-- Reads spans by the index on arrived_at.
WITH (SELECT max(arrived_at) FROM settled WHERE name = {name:String}) AS kept
SELECT count() AS spans, kept AS after_ns, toUnixTimestamp64Nano(max(arrived_at)) AS to_ns
FROM spans
WHERE workspace_id = {workspace_id:String}
    AND arrived_at > fromUnixTimestamp64Nano(toInt64(kept), 'UTC')
