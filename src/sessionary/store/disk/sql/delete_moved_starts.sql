-- Delete the rows of sessions that a later version under another start superseded. `ids` and
-- `versions` are parallel; a row written since has a greater version and stays.
DELETE FROM ${table}
WHERE id IN {ids:Array(FixedString(16))}
    AND version < arrayElement({versions:Array(UInt64)}, indexOf({ids:Array(FixedString(16))}, id))
