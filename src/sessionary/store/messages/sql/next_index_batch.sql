-- The next spans to index: how many, the arrival after which they begin and that of the last one.
-- Only rolled-up spans: nothing arrives among those any more, except repriced copies, which have
-- the same text.
-- Reads spans by the index on arrived_at.
WITH
    (SELECT max(arrived_at) FROM settled WHERE name = {name:String}) AS kept,
    (SELECT max(arrived_at) FROM settled WHERE name = 'rollups') AS settled
SELECT count() AS spans, kept AS after_ns, toUnixTimestamp64Nano(max(arrived_at)) AS to_ns
FROM
(
    SELECT arrived_at FROM spans
    WHERE arrived_at > fromUnixTimestamp64Nano(toInt64(kept), 'UTC')
        AND arrived_at <= fromUnixTimestamp64Nano(toInt64(settled), 'UTC')
    ORDER BY arrived_at
    LIMIT {most:UInt64}
)
