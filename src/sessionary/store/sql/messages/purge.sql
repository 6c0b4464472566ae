-- Delete rows of the index, by (workspace_id, trace_id, span_id, version).
DELETE FROM ${table} WHERE (workspace_id, trace_id, span_id, version) IN
    {keys:Array(Tuple(String, String, String, UInt64))}
