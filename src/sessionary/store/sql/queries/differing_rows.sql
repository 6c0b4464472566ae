-- Rows of ${table} and of what was derived anew that do not match one to one.
SELECT id
FROM
(
    SELECT ${id} AS id, 1 AS stored,
        cityHash64(toString(tuple(* EXCEPT (version, is_deleted)))) AS fingerprint
    FROM ${table} FINAL
    WHERE workspace_id = {workspace_id:String} AND ${scope}
    UNION ALL
    SELECT ${id} AS id, 0 AS stored,
        cityHash64(toString(tuple(* EXCEPT (version, is_deleted)))) AS fingerprint
    FROM ${derived}
)
GROUP BY id
HAVING countIf(stored = 1) != 1 OR countIf(stored = 0) != 1 OR uniqExact(fingerprint) != 1
ORDER BY id
LIMIT 1000
