-- Rewrite a table as one part, without superseded versions and deleted rows.
OPTIMIZE TABLE ${table} FINAL ${cleanup} SETTINGS optimize_throw_if_noop = 1
