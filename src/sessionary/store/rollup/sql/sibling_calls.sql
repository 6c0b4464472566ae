-- Calls that a second library reported too, next to each other: the inner of the two wins.
-- Groups of more than 1,000 calls that cannot be distinguished are left as they are.
CREATE TEMPORARY TABLE sibling_calls ENGINE = Memory AS
WITH
    doubled AS
    (
        SELECT * FROM calls_after_nesting
        WHERE (trace_id, request_model, response_id) IN
        (
            SELECT trace_id, request_model, response_id
            FROM calls_after_nesting
            GROUP BY trace_id, request_model, response_id
            HAVING uniqExact(scope) > 1 AND count() <= 1000
        )
    )
SELECT DISTINCT outside.n AS n
FROM doubled AS outside
INNER JOIN doubled AS inside
    ON outside.trace_id = inside.trace_id
    AND outside.request_model = inside.request_model
    AND outside.response_id = inside.response_id
WHERE outside.scope != inside.scope
    AND inside.start_time >= outside.start_time
    AND inside.end_time <= outside.end_time
    AND (inside.start_time > outside.start_time OR inside.end_time < outside.end_time
        OR inside.scope > outside.scope)
