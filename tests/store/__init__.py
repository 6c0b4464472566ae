"""Tests of the store: tables, index, erasure, the data folder."""
