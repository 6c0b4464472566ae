-- Copies of the spans of `repriced` with their new cost. Each arrived a nanosecond after the copy
-- that it was made from: it stands before that one, and before none that came after.
INSERT INTO spans
SELECT spans.* REPLACE (
    repriced.input_cost AS input_cost,
    repriced.output_cost AS output_cost,
    repriced.total_cost AS total_cost,
    repriced.cost_source AS cost_source,
    addNanoseconds(spans.arrived_at, 1) AS arrived_at)
FROM spans
GLOBAL INNER JOIN repriced
    ON repriced.trace_id = spans.trace_id AND repriced.span_id = spans.span_id
    AND repriced.arrived_ns = toUnixTimestamp64Nano(spans.arrived_at)
WHERE spans.workspace_id = {workspace_id:String}
    AND spans.start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
    AND spans.start_time < fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
    AND spans.trace_id GLOBAL IN (SELECT trace_id FROM repriced)
SETTINGS max_block_size = 16, min_insert_block_size_bytes = 16777216
