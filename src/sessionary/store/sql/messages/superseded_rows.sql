-- The rows of the index that later ones replaced.
SELECT workspace_id, trace_id, span_id, version FROM superseded_texts
