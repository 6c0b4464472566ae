"""Tests of HTTP itself: bodies, paths, errors, headers, limits."""
