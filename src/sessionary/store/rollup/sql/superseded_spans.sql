-- Spans made from log records, in traces whose calls are told by spans: they count for nothing.
CREATE TEMPORARY TABLE superseded_spans ENGINE = Memory AS
SELECT n FROM touched_spans
WHERE signal = 'log' AND trace_id IN
    (SELECT trace_id FROM touched_spans WHERE signal != 'log' AND is_call)
