-- The spans whose tokens and cost count: each model call once, even if several spans report it.
-- Source of the rule: docs/accounting.md.
CREATE TEMPORARY TABLE counted_calls ENGINE = Memory AS
SELECT n FROM calls_after_nesting
WHERE n NOT IN (SELECT n FROM sibling_calls)
    AND n NOT IN
    (
        SELECT n FROM acyclic_nested_calls
        WHERE role = 1 AND ancestor_n IN (SELECT n FROM fallback_usage_spans)
    )
UNION ALL
SELECT n FROM fallback_usage_spans
