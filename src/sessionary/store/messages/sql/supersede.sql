-- Record the older rows of some spans as superseded; ${spans} selects the spans, ${hours} the start
-- times between which their copies lie.
-- Reads message_texts by (workspace_id, hour, trace_id).
INSERT INTO superseded_texts (workspace_id, trace_id, span_id, version, superseded_by)
SELECT workspace_id, trace_id, span_id, version, {version:UInt64}
FROM message_texts
WHERE ${hours} AND version < {version:UInt64} AND (workspace_id, trace_id, span_id) GLOBAL IN
    (SELECT workspace_id, trace_id, span_id FROM spans WHERE ${spans})
