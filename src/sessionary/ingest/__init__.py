"""From accepted bodies to durable, visible spans: one bounded buffer and one flusher."""
