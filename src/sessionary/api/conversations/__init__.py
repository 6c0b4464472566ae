"""Conversations of sessions and traces."""
