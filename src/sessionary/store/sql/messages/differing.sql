-- The traces of which other texts are kept than their spans say, but for spans that are to be kept
-- yet.
SELECT trace_id
FROM
(
    SELECT trace_id, true AS is_kept, cityHash64(span_id, text) AS fingerprint
    FROM message_texts
    WHERE workspace_id = {workspace_id:String} AND ${scope}
    ORDER BY end_time DESC
    LIMIT 1 BY trace_id, span_id
    UNION ALL
    SELECT trace_id, false AS is_kept, cityHash64(span_id, ${said} AS said) AS fingerprint
    FROM spans
    WHERE workspace_id = {workspace_id:String} AND ${scope} AND said != ''
        AND (trace_id, span_id, arrived_at) IN
    (
        SELECT trace_id, span_id, arrived_at FROM spans
        WHERE workspace_id = {workspace_id:String} AND ${scope}
            AND arrived_at <= fromUnixTimestamp64Nano(toInt64(
                (SELECT max(arrived_at) FROM settled WHERE name = {name:String})), 'UTC')
        ORDER BY end_time DESC, arrived_at DESC
        LIMIT 1 BY trace_id, span_id
    )
)
GROUP BY trace_id
HAVING arraySort(groupArrayIf(fingerprint, is_kept))
    != arraySort(groupArrayIf(fingerprint, NOT is_kept))
ORDER BY trace_id
LIMIT 1000
