"""Own prices: say them, see what they change, and price again what was stored."""
