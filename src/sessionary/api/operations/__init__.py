"""Health, ingest statistics, maintenance, retention and sample data."""
