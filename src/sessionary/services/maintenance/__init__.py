"""Recompute what is derived: to compare it, or to make it anew."""
