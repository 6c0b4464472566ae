-- Two spans that are each other's ancestors are neither's: forget such pairs.
CREATE TEMPORARY TABLE acyclic_nested_calls ENGINE = Memory AS
SELECT * FROM nested_calls
WHERE (ancestor_n, n) NOT IN (SELECT n, ancestor_n FROM nested_calls)
