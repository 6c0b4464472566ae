-- Which of the given spans of a trace are calls that count. Reads traces by key.
SELECT arrayFilter(span_id -> has({span_ids:Array(String)}, span_id), call_span_ids) AS span_ids
FROM traces FINAL
WHERE workspace_id = {workspace_id:String} AND session_id = {session_id:String}
    AND trace_id = {trace_id:String}
