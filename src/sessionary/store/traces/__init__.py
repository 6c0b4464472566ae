"""Queries of traces and spans."""
