"""From OTLP bytes to span columns: decoding, limits, and the table of conventions.

Nothing here knows HTTP, the store or prices.
"""
