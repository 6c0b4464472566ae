-- One row per session of touched_sessions, from the latest rows of its traces. What few
-- sessions have is left out where none of them does, since to analyse it costs more than to run
-- it: ${metadata} is merged_metadata.sql, ${counted_traces} is counted_traces.sql.
-- Reads traces by (workspace_id, session_id).
INSERT INTO ${sessions}
SELECT
    {workspace_id:String} AS workspace_id,
    id,
    argMin(session_id, (start_time, trace_id)) AS external_id,
    argMinIf(project_id, (start_time, trace_id), project_id != '') AS project_id,
    min(start_time) AS started_at,
    max(end_time) AS ended_at,
    toUInt64(toUnixTimestamp64Nano(ended_at) - toUnixTimestamp64Nano(started_at)) AS duration_ns,
    toUInt64(sum(
        greatest(toUnixTimestamp64Nano(end_time), covered_ns)
        - greatest(toUnixTimestamp64Nano(start_time), covered_ns))) AS active_ns,
    arraySort(groupUniqArrayIf(contact_id, contact_id != '')) AS contact_ids,
    arraySort(groupUniqArrayArray(tags)) AS tags,
    arraySort(groupUniqArrayArray(environments)) AS environments,
    arraySort(groupUniqArrayArray(releases)) AS releases,
    arraySort(groupUniqArrayArray(providers)) AS providers,
    count() AS traces_count,
    sum(spans_count) AS spans_count,
    sum(error_spans_count) AS error_spans_count,
    sum(tool_calls_count) AS tool_calls_count,
    sum(model_calls_count) AS model_calls_count,
    sum(failed_calls_count) AS failed_calls_count,
    sum(unpriced_calls_count) AS unpriced_calls_count,
    sum(errors_count) AS errors_count,
    countIf(error_spans_count > 0) AS error_traces_count,
    sum(input_tokens) AS input_tokens,
    sum(output_tokens) AS output_tokens,
    sum(input_tokens) + sum(output_tokens) AS total_tokens,
    sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_tokens) AS cache_write_tokens,
    sum(reasoning_tokens) AS reasoning_tokens,
    sum(audio_input_tokens) AS audio_input_tokens,
    sum(audio_output_tokens) AS audio_output_tokens,
    sum(input_cost) AS input_cost,
    sum(output_cost) AS output_cost,
    sum(total_cost) AS total_cost,
    sumMap(calls_by_model) AS calls_by_model,
    sumMap(failed_calls_by_model) AS failed_calls_by_model,
    sumMap(input_tokens_by_model) AS input_tokens_by_model,
    sumMap(output_tokens_by_model) AS output_tokens_by_model,
    sumMap(cost_by_model) AS cost_by_model,
    arraySort(groupUniqArrayArray(requested_models)) AS requested_models,
    argMinIf(title, (start_time, trace_id), title != '') AS title,
    argMinIf(client, (start_time, trace_id), client != '') AS client,
    argMinIf(repo, (start_time, trace_id), repo != '') AS repo,
    argMinIf(kind, (start_time, trace_id), kind != '') AS kind,
    '' AS first_input,
    '' AS last_output,
    ${metadata} AS metadata,
    {version:UInt64} AS version,
    0 AS is_deleted
FROM
(
    SELECT
        *,
        -- The end of the traces that began earlier: time before it is not counted as idle again.
        max(toUnixTimestamp64Nano(end_time)) OVER (
            PARTITION BY id ORDER BY start_time, trace_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS covered_ns
    FROM traces FINAL GLOBAL INNER JOIN touched_sessions USING (session_id)
    WHERE ${scope} AND (${counted_traces})
)
GROUP BY id
SETTINGS prefer_column_name_to_alias = 1
