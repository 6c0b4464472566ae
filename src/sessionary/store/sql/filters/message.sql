-- A condition on sessions: a span of theirs says ${text} in an attribute, in whatever case.
-- Reads all spans of the workspace.
external_id GLOBAL IN
(
    SELECT session_id FROM traces FINAL
    WHERE workspace_id = {workspace_id:String} AND session_id != ''
        AND trace_id GLOBAL IN
        (
            SELECT trace_id FROM spans
            WHERE workspace_id = {workspace_id:String}
                AND arrayExists(said -> positionCaseInsensitiveUTF8(said, ${text}) > 0,
                    mapValues(attributes))
        )
)
