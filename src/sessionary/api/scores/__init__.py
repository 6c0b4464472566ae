"""Scores, feedback and annotations."""
