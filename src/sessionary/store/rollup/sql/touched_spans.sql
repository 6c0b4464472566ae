-- The spans of the traces to roll up: of every span its winning copy, without the text.
-- Reads spans by (workspace_id, hour, trace_id); ${traces} names the traces, ${hours} says when
-- they began.
-- n numbers the spans, for the steps that follow. Every call counts and no span is superseded,
-- until counted_spans.sql says otherwise. place: the root first, then the earliest.
CREATE TEMPORARY TABLE touched_spans ENGINE = Memory AS
SELECT
    rowNumberInAllBlocks() AS n,
    trace_id, span_id, parent_span_id, start_time, end_time, name, scope, signal, kind, is_error,
    if(trace_id GLOBAL IN (
        SELECT trace_id FROM detached_traces WHERE workspace_id = {workspace_id:String} AND ${traces}),
        '', session_id) AS session_id,
    contact_id, project_id, environment, release, trace_name, tags, title, client, repo, metadata,
    provider, request_model, response_model, response_id, reports_usage, input_tokens,
    output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens, audio_input_tokens,
    audio_output_tokens, input_cost, output_cost, total_cost, cost_source,
    kind IN ('llm', 'embedding', 'rerank', 'image', 'audio') AS is_call,
    input_tokens + output_tokens > 0 OR total_cost > 0 AS has_usage,
    (parent_span_id != '', start_time, span_id) AS place,
    is_call AS is_counted,
    false AS is_superseded
FROM spans
WHERE workspace_id = {workspace_id:String} AND ${hours} AND ${traces}
ORDER BY end_time DESC, arrived_at DESC
LIMIT 1 BY trace_id, span_id
