"""Which traces and names belong to a session or project."""
