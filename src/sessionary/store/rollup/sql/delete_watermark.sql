-- Forget how far something has come.
DELETE FROM ${table} WHERE name = {name:String}
