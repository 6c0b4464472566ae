"""Recompute derived tables, to compare or to replace them."""
