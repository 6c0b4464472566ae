"""Tests of functions without a store."""
