-- Where no call of a trace has usage, the outermost agent or root span that reports it stands
-- for its calls. One that reports usage of nothing neither hides nor stands beside one inside it
-- that has some.
CREATE TEMPORARY TABLE fallback_usage_spans ENGINE = Memory AS
WITH
    nested AS
    (
        SELECT * FROM acyclic_nested_calls WHERE role = 2 AND ancestor_role = 2
    ),
    outermost AS
    (
        SELECT n, trace_id, has_usage FROM roles
        WHERE role = 2
            AND n NOT IN (SELECT n FROM nested WHERE ancestor_has_usage OR NOT has_usage)
            AND n NOT IN (SELECT ancestor_n FROM nested WHERE has_usage AND NOT ancestor_has_usage)
    )
SELECT n FROM outermost
WHERE trace_id IN (SELECT trace_id FROM outermost WHERE has_usage)
    OR trace_id NOT IN (SELECT trace_id FROM roles WHERE role = 1)
