-- One row a touched trace. Session, contact, project and tags are the trace's: its root's, else
-- its earliest span's that has them, so that the order of arrival never matters.
INSERT INTO ${traces}
SELECT
    {workspace_id:String} AS workspace_id,
    argMinIf(session_id, place, session_id != '') AS session_id,
    trace_id,
    argMinIf(project_id, place, project_id != '') AS project_id,
    if(max(trace_name) != '', argMinIf(trace_name, place, trace_name != ''),
        argMin(name, place)) AS name,
    min(start_time) AS start_time,
    max(end_time) AS end_time,
    argMinIf(contact_id, place, contact_id != '') AS contact_id,
    arraySort(argMinIf(tags, place, notEmpty(tags))) AS tags,
    arraySort(groupUniqArrayIf(environment, environment != '')) AS environments,
    arraySort(groupUniqArrayIf(release, release != '')) AS releases,
    arraySort(groupUniqArrayIf(provider, counted AND provider != '')) AS providers,
    max(signal = 'span') = 0 AS is_from_logs,
    count() AS spans_count,
    countIf(is_error) AS error_spans_count,
    countIf(kind = 'tool') AS tool_calls_count,
    countIf(counted) AS model_calls_count,
    countIf(counted AND is_error) AS failed_calls_count,
    countIf(counted AND NOT is_error AND cost_source = 'none') AS unpriced_calls_count,
    if(failed_calls_count > 0, failed_calls_count, toUInt64(error_spans_count > 0)) AS errors_count,
    sumIf(input_tokens, counted) AS input_tokens,
    sumIf(output_tokens, counted) AS output_tokens,
    sumIf(cache_read_tokens, counted) AS cache_read_tokens,
    sumIf(cache_write_tokens, counted) AS cache_write_tokens,
    sumIf(reasoning_tokens, counted) AS reasoning_tokens,
    sumIf(audio_input_tokens, counted) AS audio_input_tokens,
    sumIf(audio_output_tokens, counted) AS audio_output_tokens,
    sumIf(input_cost, counted) AS input_cost,
    sumIf(output_cost, counted) AS output_cost,
    sumIf(total_cost, counted) AS total_cost,
    sumMapIf(map(model, toUInt64(1)), counted) AS calls_by_model,
    sumMapIf(map(model, toUInt64(is_error)), counted) AS failed_calls_by_model,
    sumMapIf(map(model, input_tokens), counted) AS input_tokens_by_model,
    sumMapIf(map(model, output_tokens), counted) AS output_tokens_by_model,
    sumMapIf(map(model, total_cost), counted) AS cost_by_model,
    arraySort(groupUniqArrayIf((model, request_model), counted)) AS requested_models,
    arraySort(groupArrayIf(span_id, counted)) AS call_span_ids,
    {version:UInt64} AS version,
    0 AS is_deleted
FROM
(
    SELECT
        *,
        (parent_span_id != '', start_time, span_id) AS place,
        response_model AS model,
        n IN (SELECT n FROM counted_calls) AS counted
    FROM touched_spans
    WHERE n NOT IN (SELECT n FROM superseded_spans)
)
GROUP BY trace_id
SETTINGS prefer_column_name_to_alias = 1
