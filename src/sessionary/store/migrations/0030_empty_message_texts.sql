-- Earlier versions left texts of superseded copies in the index: index all spans again.
-- alters: message_texts
TRUNCATE TABLE IF EXISTS ${table}
