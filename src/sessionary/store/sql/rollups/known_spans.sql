-- Whether the touched spans have what few have: metadata, and calls that may be told of twice.
-- None is where no call lies inside another or inside a span that may stand for it, none is told
-- by log records, none by two libraries, and in each trace either a call has usage or nothing else
-- reports any. Then every call counts, and the steps that sort out the rest are left out.
-- A call whose parent is no root may lie inside a call; one whose parent is a call does.
SELECT max(has_doubts) AS has_doubts, max(has_metadata) AS has_metadata
FROM
(
    SELECT
        max(notEmpty(metadata)) AS has_metadata,
        max(signal = 'log')
            OR uniqExactIf(scope, is_call) > 1
            OR (NOT max(is_call AND has_usage) AND max(NOT is_call AND reports_usage))
            OR notEmpty(arrayIntersect(
                groupArrayIf(parent_span_id, is_call),
                groupArrayIf(span_id, is_call OR parent_span_id != ''))) AS has_doubts
    FROM touched_spans
    GROUP BY trace_id
)
