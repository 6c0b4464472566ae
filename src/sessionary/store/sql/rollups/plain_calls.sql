-- Every call counts: see rollups/is_plain.sql.
CREATE TEMPORARY TABLE counted_calls ENGINE = Memory AS
SELECT n FROM touched_spans WHERE is_call
