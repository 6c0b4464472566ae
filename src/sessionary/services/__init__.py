"""Use cases: rules that need more than one query."""
