"""Sessions: list, get, write, totals, costs, timeline and events."""
