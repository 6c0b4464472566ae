-- When the first and the last row of ${facts} begin; nothing where there is none.
SELECT min(start_ns) AS first_ns, max(start_ns) AS last_ns FROM (${facts}) HAVING count() > 0
