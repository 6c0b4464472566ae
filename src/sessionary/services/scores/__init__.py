"""Use cases around scores: give one, take it away, add them to sessions."""
