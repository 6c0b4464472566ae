"""Tests of the routes of traces."""
