-- How many rows of the index are superseded, the index's watermark, and what it was when superseded
-- rows were last deleted.
SELECT
    (SELECT count() FROM superseded_texts) AS rows,
    (SELECT max(arrived_at) FROM settled WHERE name = {mark:String}) AS watermark,
    (SELECT max(arrived_at) FROM settled WHERE name = {name:String}) AS purged
