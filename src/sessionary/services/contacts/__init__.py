"""Use cases around contacts: save, find, remove."""
