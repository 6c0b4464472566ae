-- Whether no call of the touched traces can be told of twice: no call inside another or inside
-- a span that may stand for it, none told by log records, none by two libraries, and in each
-- trace either a call with usage or nothing else that reports any. Then every call counts, and
-- the steps that sort out the rest are left out.
SELECT count() = 0 AS is_plain
FROM
(
    SELECT trace_id
    FROM touched_spans
    GROUP BY trace_id
    HAVING max(signal = 'log')
        OR uniqExactIf(scope, is_call) > 1
        OR (NOT max(is_call AND has_usage) AND max(NOT is_call AND reports_usage))
    UNION ALL
    -- A call whose parent is no root may lie inside a call; one whose parent is a call does.
    SELECT parent.trace_id
    FROM (SELECT trace_id, parent_span_id FROM touched_spans WHERE is_call) AS call
    INNER JOIN touched_spans AS parent
        ON parent.trace_id = call.trace_id AND parent.span_id = call.parent_span_id
    WHERE parent.is_call OR parent.parent_span_id != ''
    LIMIT 1
)
