"""Share links, and what their guests read."""
