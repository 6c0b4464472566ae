-- Whether something is marked as begun.
SELECT count() > 0 AS has_watermark FROM settled WHERE name = {name:String}
