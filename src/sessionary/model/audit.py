"""Audit entries: actions that cannot be undone, or that change who has access."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One action: `action` is `noun.verb`, `subject` the id of the changed object.

    Ids sort by time. `key_id` is empty where no key was needed; `actor` is the key's name.
    """

    id: str
    at_ns: int
    actor: str
    key_id: str
    action: str
    subject: str
    detail: str = ""
