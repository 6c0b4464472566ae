"""Sample data: some 300 sessions of the last 30 days, made from recorded real payloads."""
