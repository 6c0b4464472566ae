"""Servers, generated spans and references that tests use."""
