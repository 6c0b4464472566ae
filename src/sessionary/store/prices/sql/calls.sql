-- The calls of a scope in some hours: what prices them, and what they cost now.
-- Of a span's copies the winning one, as in rollup/sql/touched_spans.sql; where copies began in
-- different hours one that loses may be here too, and goes on losing.
-- Reads spans by (workspace_id, hour, trace_id).
SELECT
    trace_id, span_id, provider, request_model, response_model, is_error,
    input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, audio_input_tokens,
    audio_output_tokens, input_cost, output_cost, total_cost, cost_source,
    toUnixTimestamp64Nano(start_time) AS start_ns,
    toUnixTimestamp64Nano(arrived_at) AS arrived_ns
FROM
(
    SELECT * FROM spans
    WHERE workspace_id = {workspace_id:String}
        AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
        AND start_time < fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
        AND trace_id GLOBAL IN (SELECT trace_id FROM spans WHERE ${calls}
            AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
            AND start_time < fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
            AND cityHash64(trace_id) % {slices:UInt64} = {slice:UInt64})
    ORDER BY end_time DESC, arrived_at DESC
    LIMIT 1 BY trace_id, span_id
)
WHERE ${calls} AND cost_source != 'client' AND input_tokens + output_tokens > 0
