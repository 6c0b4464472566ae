-- Remove a pending write, at once also from disk.
ALTER TABLE ${table} DROP PARTITION {id:String}
