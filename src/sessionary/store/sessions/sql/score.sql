-- A condition on sessions: their scores of a name are as ${where} and ${having} say. ${scores} is
-- scopes/sql/scores_of_sessions.sql.
id GLOBAL IN
(
    SELECT id FROM (${scores}) WHERE ${where} GROUP BY id HAVING ${having}
)
