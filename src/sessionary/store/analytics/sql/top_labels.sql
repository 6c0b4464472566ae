-- The groups of ${facts} in which ${figure} is the largest.
SELECT label
FROM (SELECT *, arrayJoin(labels) AS label FROM (${facts}))
GROUP BY label
ORDER BY ${figure} DESC, label
LIMIT {limit:UInt64}
