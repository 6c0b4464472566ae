-- The traces that are now in another session than before.
CREATE TEMPORARY TABLE moved_traces ENGINE = Memory AS
SELECT trace_id, known.session_id AS session_id
FROM known_locations AS known
INNER JOIN trace_sessions AS now USING (trace_id)
WHERE known.session_id != now.session_id
