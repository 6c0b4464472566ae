-- Index the texts of the winning copies of some spans; ${spans} selects the spans, ${hours} the
-- start times between which their copies lie.
-- ${block_bytes} of text are stored at once: to index it takes up to thirty times the memory, where
-- no word is there twice.
-- Reads spans by (workspace_id, hour, trace_id).
INSERT INTO message_texts
    (workspace_id, trace_id, span_id, start_time, end_time, text, version)
SELECT
    workspace_id, trace_id, span_id, start_time, end_time, ${said} AS text, {version:UInt64}
FROM spans
WHERE ${hours} AND text != ''
    AND (workspace_id, trace_id, span_id, start_time, end_time, arrived_at) GLOBAL IN
    (
        SELECT workspace_id, trace_id, span_id, start_time, end_time, arrived_at FROM spans
        WHERE ${hours} AND (workspace_id, trace_id, span_id) GLOBAL IN
            (SELECT workspace_id, trace_id, span_id FROM spans WHERE ${spans})
        ORDER BY end_time DESC, arrived_at DESC
        LIMIT 1 BY workspace_id, trace_id, span_id
    )
SETTINGS max_block_size = 16, min_insert_block_size_bytes = ${block_bytes}
