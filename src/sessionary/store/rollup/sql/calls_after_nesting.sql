-- Of calls inside calls, the ones that stay: one around a call that has usage gives way to it,
-- one without usage gives way to the one around it that stays.
CREATE TEMPORARY TABLE calls_after_nesting ENGINE = Memory AS
WITH
    covered AS
    (
        SELECT ancestor_n FROM acyclic_nested_calls
        WHERE role = 1 AND ancestor_role = 1 AND has_usage
    )
SELECT n, trace_id, scope, request_model, response_id, start_time, end_time
FROM roles
WHERE role = 1
    AND n NOT IN (SELECT ancestor_n FROM covered)
    AND n NOT IN
    (
        SELECT n FROM acyclic_nested_calls
        WHERE role = 1 AND ancestor_role = 1 AND NOT has_usage
            AND ancestor_n NOT IN (SELECT ancestor_n FROM covered)
    )
