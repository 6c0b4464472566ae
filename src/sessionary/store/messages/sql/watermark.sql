-- A watermark: the arrival time up to which spans are processed, by its name in settled.
SELECT max(arrived_at) AS arrived_at FROM settled WHERE name = {name:String}
