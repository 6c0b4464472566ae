"""Sessions as CSV, JSON lines and Parquet."""
