"""Tell listeners what happens to sessions while it happens."""
