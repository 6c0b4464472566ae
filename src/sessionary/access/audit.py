"""Keep who deleted what, and who changed the keys."""

import secrets
import time

from sessionary.model.access import Principal
from sessionary.model.audit import AuditEntry
from sessionary.store.audit import insert_audit_entry
from sessionary.store.database import Database

_TIE_BYTES = 4


def note(database: Database, by: Principal, action: str, subject: str, *, detail: str = "") -> None:
    """Write the deed to the log of the workspace that it was done in."""
    at_ns = time.time_ns()
    entry = AuditEntry(
        # As many digits for every time, so that ids sort by it.
        id=f"{at_ns:016x}{secrets.token_hex(_TIE_BYTES)}",
        at_ns=at_ns,
        actor=by.name,
        key_id=by.key_id,
        action=action,
        subject=subject,
        detail=detail,
    )
    insert_audit_entry(database, by.workspace_id, entry)
