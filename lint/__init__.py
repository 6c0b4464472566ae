"""Checks of texts that `make lint` runs: words, references, subjects of commits."""
