-- The spans whose texts are to be kept next: how many, when the last of them arrived, and after
-- which arrival they begin. Only what is rolled up is taken: nothing arrives among that any more.
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
