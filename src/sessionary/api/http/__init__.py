"""What every route needs of HTTP: bodies, JSON, errors, headers."""
