-- The mean of each session's scores of a name, as one array of pairs. ${scores} is
-- scopes/sql/scores_of_sessions.sql, ${mean} the one way to take a mean.
(
    SELECT arraySort(groupArray((id, mean)))
    FROM (SELECT id, ${mean} AS mean FROM (${scores}) GROUP BY id HAVING count(number) > 0)
)
