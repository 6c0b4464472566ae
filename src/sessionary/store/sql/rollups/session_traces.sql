-- The latest rows of the traces of the sessions to roll up; ${scope} names the sessions.
-- Reads traces by (workspace_id, session_id).
CREATE TEMPORARY TABLE session_traces ENGINE = Memory AS
SELECT * FROM ${traces} FINAL
WHERE workspace_id = {workspace_id:String} AND session_id != '' AND ${scope}
