"""Helicone: what its headers say, where an exporter copies them to attributes.

Source: docs.helicone.ai (header directory).
"""

from sessionary.otlp.convention import Convention

HELICONE = Convention(
    name="helicone",
    late_keys={
        "session_id": ("Helicone-Session-Id", "helicone.session.id"),
        "contact_id": ("Helicone-User-Id", "helicone.user.id"),
    },
)
