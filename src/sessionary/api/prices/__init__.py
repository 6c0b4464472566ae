"""Prices and the models seen."""
