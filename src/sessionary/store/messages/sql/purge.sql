-- Delete the rows of the index that later ones replaced. A subquery, since a list of all keys
-- takes more memory to parse than the engine has.
DELETE FROM ${table} WHERE (workspace_id, trace_id, span_id, version) IN
    (SELECT workspace_id, trace_id, span_id, version FROM superseded_texts)
