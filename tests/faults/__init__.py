"""Writes that are interrupted, by a cut after any statement and by kill -9."""
