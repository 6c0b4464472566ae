"""OTLP/JSON requests to protobuf."""
