"""Tests of the routes of sessions."""
