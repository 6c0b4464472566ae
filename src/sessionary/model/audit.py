"""What was done that cannot be undone, or lets somebody in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One such deed: `action` is `noun.verb`, `subject` the id of what it was done to.

    Ids sort by time. `key_id` is empty where no key was needed; `actor` is the key's name.
    """

    id: str
    at_ns: int
    actor: str
    key_id: str
    action: str
    subject: str
    detail: str = ""
