"""Queries of scores."""
