"""Servers, span generators and reference implementations for tests."""
