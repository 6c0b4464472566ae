-- How far something has come with the spans, by the row's name in settled.
SELECT max(arrived_at) AS arrived_at FROM settled WHERE name = {name:String}
