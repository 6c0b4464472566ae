"""Traces and sessions derived from spans."""
