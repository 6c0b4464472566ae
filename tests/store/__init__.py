"""Tests of the store: tables, indexes, erasure, the data folder."""
