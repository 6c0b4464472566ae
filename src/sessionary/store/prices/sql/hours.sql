-- How many spans of a model started in each hour. ${calls} is the scope. Reads of spans the
-- columns of models alone.
SELECT
    toUnixTimestamp(toStartOfHour(start_time)) AS hour,
    count() AS spans
FROM spans
WHERE ${calls}
GROUP BY hour
ORDER BY hour
