-- Hashes of the spans that arrived after the index's watermark, up to when the search began.
-- Reads spans by the index on arrived_at.
SELECT cityHash64(trace_id, span_id) FROM spans
WHERE workspace_id = {workspace_id:String}
    AND arrived_at > fromUnixTimestamp64Nano(toInt64({late_after_ns:UInt64}), 'UTC')
    AND arrived_at <= fromUnixTimestamp64Nano({late_to_ns:Int64}, 'UTC')
