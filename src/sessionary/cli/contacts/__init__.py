"""Commands on contacts."""
