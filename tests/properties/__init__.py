"""Property tests, and requests generated from the OpenAPI document."""
