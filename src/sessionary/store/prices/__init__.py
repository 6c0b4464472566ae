"""Prices, models seen, and re-pricing."""
