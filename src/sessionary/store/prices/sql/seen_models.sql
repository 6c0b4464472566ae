-- Figures of each model from the traces of a workspace. A trace's unpriced calls are those of its only
-- model, or all its calls; where that is not so, mixed_unpriced.sql looks at its calls.
-- ${counts} chooses the traces that count. Reads traces by workspace_id, columns of figures alone.
SELECT
    model,
    arraySort(groupUniqArrayArray(arrayMap(pair -> pair.2,
        arrayFilter(pair -> pair.1 = model, requested_models)))) AS request_models,
    arraySort(groupUniqArrayArrayIf(providers, length(providers) = 1)) AS sole_providers,
    arraySort(groupUniqArrayArray(providers)) AS providers,
    sum(calls_by_model[model]) AS calls,
    sum(failed_calls_by_model[model]) AS failed_calls,
    sum(multiIf(
        length(calls_by_model) = 1, unpriced_calls_count,
        unpriced_calls_count = model_calls_count - failed_calls_count,
            toUInt64(calls_by_model[model] - failed_calls_by_model[model]),
        toUInt64(0))) AS unpriced_calls,
    sum(input_tokens_by_model[model]) AS input_tokens,
    sum(output_tokens_by_model[model]) AS output_tokens,
    sum(cost_by_model[model]) AS cost,
    toUnixTimestamp64Nano(min(start_time)) AS first_seen_ns,
    toUnixTimestamp64Nano(max(end_time)) AS last_seen_ns,
    argMax(trace_id, (start_time, trace_id)) AS last_trace_id
FROM traces FINAL
ARRAY JOIN mapKeys(calls_by_model) AS model
WHERE workspace_id = {workspace_id:String} AND ${counts}
GROUP BY model
ORDER BY calls DESC, model
LIMIT {limit:UInt64}
SETTINGS prefer_column_name_to_alias = 1
