"""Tests of conversations and message search."""
