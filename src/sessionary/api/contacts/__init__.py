"""Contacts and identities."""
