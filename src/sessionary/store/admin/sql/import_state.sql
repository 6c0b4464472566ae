-- What became of an import: its latest row. Reads imports by name.
SELECT state FROM imports FINAL WHERE name = {name:String}
