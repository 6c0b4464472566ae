-- Where no call of a trace has usage, the outermost agent or root span that reports it stands
-- for its calls.
CREATE TEMPORARY TABLE bearers ENGINE = Memory AS
WITH
    outermost AS
    (
        SELECT n, trace_id, has_usage FROM roles
        WHERE role = 2 AND n NOT IN
            (SELECT n FROM proper_nested_calls WHERE role = 2 AND ancestor_role = 2)
    )
SELECT n FROM outermost
WHERE trace_id IN (SELECT trace_id FROM outermost WHERE has_usage)
    OR trace_id NOT IN (SELECT trace_id FROM roles WHERE role = 1)
