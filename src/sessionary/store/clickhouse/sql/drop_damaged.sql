-- Delete the parts of a table that the engine set aside because they were damaged.
ALTER TABLE ${table} DROP DETACHED PARTITION ALL SETTINGS allow_drop_detached = 1
