-- The watermark of the indexer's batch that wrote a row: of two rows of a span, in whatever hours,
-- the greater is current.
-- alters: message_texts
ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS version UInt64
