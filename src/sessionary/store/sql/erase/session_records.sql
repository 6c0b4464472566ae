-- Delete what is kept beside the given sessions, or beside traces of theirs; ${table} has a
-- session_id and a trace_id.
DELETE FROM ${table}
WHERE workspace_id = {workspace_id:String}
    AND (session_id IN {session_ids:Array(String)} OR trace_id IN {trace_ids:Array(String)})
