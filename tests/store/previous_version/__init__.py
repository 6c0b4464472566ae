"""A data folder that the previous version wrote, and its answers."""
