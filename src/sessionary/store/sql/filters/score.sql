-- A condition on sessions: their scores of a name are as ${where} and ${having} say.
external_id GLOBAL IN
(
    SELECT session_id FROM scores FINAL
    WHERE workspace_id = {workspace_id:String} AND name = ${name} AND ${where}
    GROUP BY session_id
    HAVING ${having}
)
