-- The spans whose tokens and cost count: each model call once, even if several spans report it.
-- Source of the rule: docs/accounting.md.
CREATE TEMPORARY TABLE counted_calls ENGINE = Memory AS
SELECT n FROM kept_calls
WHERE n NOT IN (SELECT n FROM sibling_calls)
    AND n NOT IN
    (
        SELECT n FROM proper_nested_calls
        WHERE role = 1 AND ancestor_n IN (SELECT n FROM bearers)
    )
UNION ALL
SELECT n FROM bearers
