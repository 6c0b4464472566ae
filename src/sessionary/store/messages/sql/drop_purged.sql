-- Delete the entries whose rows of message_texts were deleted the last time.
DELETE FROM ${table} WHERE superseded_by <= {purged:UInt64}
