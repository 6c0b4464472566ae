-- Which of the spans with a role lie inside which others, following parent links through any
-- spans, at most 64 hops. Only traces with several such spans are walked.
CREATE TEMPORARY TABLE nested_calls ENGINE = Memory AS
WITH RECURSIVE
    walk AS
    (
        SELECT n, role, has_usage, trace_id, parent_span_id AS above, toUInt8(1) AS hops
        FROM roles
        WHERE role > 0 AND parent_span_id != '' AND trace_id IN
            (SELECT trace_id FROM roles WHERE role > 0 GROUP BY trace_id HAVING count() > 1)
        UNION ALL
        SELECT walk.n, walk.role, walk.has_usage, walk.trace_id, parent.parent_span_id,
            toUInt8(walk.hops + 1)
        FROM walk
        INNER JOIN roles AS parent
            ON parent.trace_id = walk.trace_id AND parent.span_id = walk.above
        WHERE parent.parent_span_id != '' AND walk.hops < 64
    )
SELECT DISTINCT
    walk.n AS n,
    walk.role AS role,
    walk.has_usage AS has_usage,
    ancestor.n AS ancestor_n,
    ancestor.role AS ancestor_role,
    ancestor.has_usage AS ancestor_has_usage
FROM walk
INNER JOIN (SELECT * FROM roles WHERE role > 0) AS ancestor
    ON ancestor.trace_id = walk.trace_id AND ancestor.span_id = walk.above
WHERE walk.n != ancestor.n
