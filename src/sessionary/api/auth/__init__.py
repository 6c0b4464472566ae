"""Authentication of requests, and the check of their origin."""
