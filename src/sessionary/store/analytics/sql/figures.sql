-- The figures of ${facts} by group (${groups}), whole and by the last of {starts} that a row does
-- not precede.
SELECT
    label.1 AS part,
    label.2 AS name,
    bucket_ns,
    grouping(bucket_ns) AS is_whole,
    ${figures}
FROM
(
    SELECT
        *,
        arrayJoin(${groups}) AS label,
        roundDown(start_ns, {starts:Array(Int64)}) AS bucket_ns
    FROM (${facts})
)
GROUP BY GROUPING SETS ((label), (label, bucket_ns))
