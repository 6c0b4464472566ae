-- Rows of ${table} and recomputed rows that do not match one to one, by ${key}. No
-- column is called `row_key`: an alias that is called as one would stand for it in ${scope}.
SELECT row_key
FROM
(
    SELECT ${key} AS row_key, 1 AS stored,
        cityHash64(toString(tuple(* EXCEPT (version, is_deleted)))) AS fingerprint
    FROM ${table} FINAL
    WHERE workspace_id = {workspace_id:String} AND ${scope}
    UNION ALL
    SELECT ${key} AS row_key, 0 AS stored,
        cityHash64(toString(tuple(* EXCEPT (version, is_deleted)))) AS fingerprint
    FROM ${derived}
)
GROUP BY row_key
HAVING countIf(stored = 1) != 1 OR countIf(stored = 0) != 1 OR uniqExact(fingerprint) != 1
ORDER BY row_key
LIMIT 1000
