-- The traces in which a span that arrived after the index's watermark contains ${text}: in its
-- winning copy, which may have arrived before. ${late} selects the spans, ${hours} the start times
-- between which their copies lie, ${since} the start times that count, ${said} is a span's text.
-- Hashes, since there may be many such spans: sets of their ids would take many times the memory.
-- Reads spans by (workspace_id, hour, trace_id).
SELECT trace_id FROM spans
WHERE workspace_id = {workspace_id:String} AND ${hours} AND ${since}
    AND cityHash64(trace_id, span_id, start_time, end_time, arrived_at) GLOBAL IN
    (
        SELECT argMax(
            cityHash64(trace_id, span_id, start_time, end_time, arrived_at),
            (end_time, arrived_at))
        FROM spans
        WHERE workspace_id = {workspace_id:String} AND ${hours}
            AND cityHash64(trace_id, span_id) GLOBAL IN (${late})
        GROUP BY cityHash64(trace_id, span_id)
    )
    AND position(${said}, ${text}) > 0
SETTINGS max_block_size = 16
