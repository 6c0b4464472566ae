-- Keeps what spans say; ${spans} says which spans. No two copies of a span arrived at once, so that
-- the winning one is named by its arrival.
INSERT INTO message_texts
SELECT workspace_id, trace_id, span_id, start_time, end_time, ${said} AS text
FROM spans
WHERE ${spans} AND text != '' AND (workspace_id, trace_id, span_id, arrived_at) IN
(
    SELECT workspace_id, trace_id, span_id, arrived_at FROM spans WHERE ${spans}
    ORDER BY end_time DESC, arrived_at DESC
    LIMIT 1 BY workspace_id, trace_id, span_id
)
SETTINGS min_insert_block_size_bytes = 33554432
