"""Custom prices: set them, preview their effect, and re-price stored calls."""
