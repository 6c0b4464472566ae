"""Tests of HTTP: bodies, paths, errors, headers, limits."""
