"""Use cases: who may come in, and what is kept of it."""
