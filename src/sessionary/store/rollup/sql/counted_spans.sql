-- touched_spans, with what the steps before found out: which calls count and which spans do not.
CREATE TEMPORARY TABLE counted_spans ENGINE = Memory AS
SELECT * REPLACE (
    n IN (SELECT n FROM counted_calls) AS is_counted,
    n IN (SELECT n FROM superseded_spans) AS is_superseded)
FROM touched_spans
