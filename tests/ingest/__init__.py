"""Tests of ingest, from OTLP bytes to figures of sessions."""
