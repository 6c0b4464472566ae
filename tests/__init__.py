"""Tests: they state behaviour over real HTTP, on the real engine."""
