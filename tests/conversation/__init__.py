"""Tests of conversations and of the search in messages."""
