-- The traces of which other texts are indexed than the winning copies of their spans contain.
-- Spans with a copy that arrived after the watermark {after_ns} are not compared. ${scope} selects
-- the traces, ${said} is a span's text.
SELECT DISTINCT trace_id
FROM
(
    SELECT trace_id
    FROM
    (
        SELECT trace_id, span_id, true AS is_kept, cityHash64(start_time, text) AS fingerprint
        FROM message_texts
        WHERE workspace_id = {workspace_id:String} AND ${scope}
            AND (trace_id, span_id, version) GLOBAL NOT IN
                (SELECT trace_id, span_id, version FROM superseded_texts
                WHERE workspace_id = {workspace_id:String} AND ${scope})
        UNION ALL
        SELECT trace_id, span_id, false AS is_kept, cityHash64(start_time, ${said} AS said)
        FROM spans
        WHERE workspace_id = {workspace_id:String} AND ${scope} AND said != ''
            AND (trace_id, span_id, start_time, end_time, arrived_at) GLOBAL IN
        (
            SELECT trace_id, span_id, start_time, end_time, arrived_at FROM spans
            WHERE workspace_id = {workspace_id:String} AND ${scope}
            ORDER BY end_time DESC, arrived_at DESC
            LIMIT 1 BY trace_id, span_id
        )
    )
    WHERE (trace_id, span_id) GLOBAL NOT IN
    (
        SELECT trace_id, span_id FROM spans
        WHERE workspace_id = {workspace_id:String} AND ${scope}
            AND arrived_at > fromUnixTimestamp64Nano(toInt64(
                (SELECT max(arrived_at) FROM settled WHERE name = {name:String})), 'UTC')
    )
    GROUP BY trace_id, span_id
    HAVING arraySort(groupUniqArrayIf(fingerprint, is_kept))
        != arraySort(groupUniqArrayIf(fingerprint, NOT is_kept))
)
ORDER BY trace_id
LIMIT 1000
SETTINGS max_block_size = 16
