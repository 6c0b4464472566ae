"""Tests of keys, scopes, ownership, share links and browsers."""
