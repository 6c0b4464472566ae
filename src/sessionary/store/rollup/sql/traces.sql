-- One row a touched trace. Session, contact, project and tags are the trace's: its root's, else
-- its earliest span's that has them, so that the order of arrival never matters.
-- Reads ${spans}: touched_spans or counted_spans. ${metadata}: merged_metadata.sql, or what is
-- quicker where no span has any.
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
    arraySort(groupUniqArrayIf(provider, is_counted AND provider != '')) AS providers,
    max(signal = 'span') = 0 AS is_from_logs,
    count() AS spans_count,
    countIf(is_error) AS error_spans_count,
    countIf(kind = 'tool') AS tool_calls_count,
    countIf(is_counted) AS model_calls_count,
    countIf(is_counted AND is_error) AS failed_calls_count,
    countIf(is_counted AND NOT is_error AND cost_source = 'none') AS unpriced_calls_count,
    if(failed_calls_count > 0, failed_calls_count, toUInt64(error_spans_count > 0)) AS errors_count,
    sumIf(input_tokens, is_counted) AS input_tokens,
    sumIf(output_tokens, is_counted) AS output_tokens,
    sumIf(cache_read_tokens, is_counted) AS cache_read_tokens,
    sumIf(cache_write_tokens, is_counted) AS cache_write_tokens,
    sumIf(reasoning_tokens, is_counted) AS reasoning_tokens,
    sumIf(audio_input_tokens, is_counted) AS audio_input_tokens,
    sumIf(audio_output_tokens, is_counted) AS audio_output_tokens,
    sumIf(input_cost, is_counted) AS input_cost,
    sumIf(output_cost, is_counted) AS output_cost,
    sumIf(total_cost, is_counted) AS total_cost,
    sumMapIf(map(response_model, toUInt64(1)), is_counted) AS calls_by_model,
    sumMapIf(map(response_model, toUInt64(is_error)), is_counted) AS failed_calls_by_model,
    sumMapIf(map(response_model, input_tokens), is_counted) AS input_tokens_by_model,
    sumMapIf(map(response_model, output_tokens), is_counted) AS output_tokens_by_model,
    sumMapIf(map(response_model, total_cost), is_counted) AS cost_by_model,
    arraySort(groupUniqArrayIf((response_model, request_model), is_counted)) AS requested_models,
    arraySort(groupArrayIf(span_id, is_counted)) AS call_span_ids,
    argMinIf(title, place, title != '') AS title,
    argMinIf(client, place, client != '') AS client,
    argMinIf(repo, place, repo != '') AS repo,
    multiIf(max(client != ''), 'coding_agent', model_calls_count > 0, 'conversation', '') AS kind,
    '' AS first_input,
    '' AS last_output,
    ${metadata} AS metadata,
    {version:UInt64} AS version,
    0 AS is_deleted
FROM ${spans}
WHERE NOT is_superseded
GROUP BY trace_id
SETTINGS prefer_column_name_to_alias = 1
