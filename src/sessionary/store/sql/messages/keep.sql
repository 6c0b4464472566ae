-- Keeps what spans say; ${spans} says which spans. No two rows of spans arrived at once, so that the
-- winning copies are named by their arrivals.
INSERT INTO message_texts
SELECT workspace_id, trace_id, span_id, end_time, ${said} AS text
FROM spans
WHERE ${spans} AND text != '' AND arrived_at IN
(
    SELECT arrived_at FROM spans WHERE ${spans}
    ORDER BY end_time DESC, arrived_at DESC
    LIMIT 1 BY workspace_id, trace_id, span_id
)
SETTINGS min_insert_block_size_bytes = 33554432
