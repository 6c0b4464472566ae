"""Tests of the filters of sessions."""
