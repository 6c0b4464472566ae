-- Sums over the traces that meet ${where}, by group. A trace is in each of the groups that its
-- lists name.
SELECT CAST(${groups}, 'Array(String)') AS groups, ${sums}
FROM
(
    SELECT ${values}
    FROM traces FINAL
    WHERE ${where}
)
GROUP BY groups
ORDER BY ${order}
LIMIT {limit:UInt64}
