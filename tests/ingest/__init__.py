"""Tests of what OTLP requests become, from bytes to figures."""
