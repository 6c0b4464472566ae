"""Tests with unmodified clients of orq's API, each in its own environment."""
