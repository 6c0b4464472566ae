-- One row a trace and model: the part of the trace's figures that the model has, of those that
-- traces keep by model.
SELECT
    toUnixTimestamp64Nano(start_time) AS start_ns,
    [model] AS labels,
    ${session} AS session,
    toInt64(0) AS traces,
    toInt64(calls_by_model[model]) AS model_calls,
    toInt64(failed_calls_by_model[model]) AS failed_calls,
    toInt64(0) AS unpriced_calls,
    toInt64(0) AS errors,
    toInt64(input_tokens_by_model[model]) AS prompt_tokens,
    toInt64(output_tokens_by_model[model]) AS completion_tokens,
    toInt64(input_tokens_by_model[model] + output_tokens_by_model[model]) AS total_tokens,
    toInt64(0) AS cached_tokens,
    cost_by_model[model] AS cost,
    CAST(NULL, 'Nullable(Int64)') AS trace_ns,
    CAST(NULL, 'Nullable(Int64)') AS call_ns,
    CAST(NULL, 'Nullable(Float64)') AS first_token_ms
FROM (${traces})
ARRAY JOIN mapKeys(calls_by_model) AS model
