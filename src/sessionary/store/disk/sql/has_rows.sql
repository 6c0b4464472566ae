-- Whether any table but that of the migrations has rows, as every used store does. Reads
-- system.parts.
SELECT count() > 0 AS has_rows
FROM ${parts}
WHERE active AND rows > 0 AND database = currentDatabase() AND NOT startsWith(table, 'migrations')
