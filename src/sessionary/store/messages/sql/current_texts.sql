-- A condition on message_texts: the row is the span's current one as of the watermark
-- {late_after_ns}.
(trace_id, span_id, version) GLOBAL NOT IN
(
    SELECT trace_id, span_id, version FROM superseded_texts
    WHERE workspace_id = {workspace_id:String} AND superseded_by <= {late_after_ns:UInt64}
)
