-- Rewrite the parts with masked rows without them, in the background.
ALTER TABLE ${table} APPLY DELETED MASK
