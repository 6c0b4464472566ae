-- Of each model the last call in the given traces: by which provider, and where its cost came from.
-- Reads spans by (workspace_id, hour, trace_id) without their text.
SELECT
    response_model AS model,
    argMax(provider, (start_time, arrived_at)) AS provider,
    argMax(request_model, (start_time, arrived_at)) AS request_model,
    argMax(cost_source, (start_time, arrived_at)) AS cost_source
FROM spans
WHERE workspace_id = {workspace_id:String} AND trace_id IN {trace_ids:Array(String)}
    AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC')
    AND start_time <= fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')
    AND (kind IN ('llm', 'embedding', 'rerank', 'image', 'audio') OR reports_usage)
GROUP BY model
