"""Sessionary: a self-hosted ledger of LLM sessions."""

__version__ = "0.1.0"
