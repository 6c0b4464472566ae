-- Spans made from log records, in traces whose calls are reported by spans: they do not count.
CREATE TEMPORARY TABLE superseded_spans ENGINE = Memory AS
SELECT n FROM touched_spans
WHERE signal = 'log' AND trace_id IN
    (SELECT trace_id FROM touched_spans WHERE signal != 'log' AND is_call)
