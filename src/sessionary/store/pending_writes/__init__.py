"""Writes of several statements: recorded first, completed after an interruption."""
