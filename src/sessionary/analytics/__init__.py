"""Add up the figures of sessions over time and by group."""
