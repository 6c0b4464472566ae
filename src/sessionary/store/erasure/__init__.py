"""Deletion of expired and erased data."""
