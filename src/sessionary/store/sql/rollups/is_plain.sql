-- Whether no call of the touched traces can be told of twice: no call inside another or inside
-- a span that may stand for it, none told by log records, none by two libraries, and in each
-- trace either a call with usage or nothing else that reports any. Then every call counts, and
-- the steps that sort out the rest are left out.
-- A call whose parent is no root may lie inside a call; one whose parent is a call does.
SELECT count() = 0 AS is_plain
FROM
(
    SELECT trace_id
    FROM touched_spans
    GROUP BY trace_id
    HAVING max(signal = 'log')
        OR uniqExactIf(scope, is_call) > 1
        OR (NOT max(is_call AND has_usage) AND max(NOT is_call AND reports_usage))
        OR notEmpty(arrayIntersect(
            groupArrayIf(parent_span_id, is_call),
            groupArrayIf(span_id, is_call OR parent_span_id != '')))
    LIMIT 1
)
