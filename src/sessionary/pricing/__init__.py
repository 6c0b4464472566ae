"""Tokens, model and time to cost, in exact decimals."""
