"""Keep who deleted what, and who changed the keys."""

import hashlib
import re
import secrets
import time

from sessionary.model.access import Principal
from sessionary.model.audit import AuditEntry
from sessionary.store.admin.audit_log import insert_audit_entry
from sessionary.store.clickhouse.pool import Database

_TIE_BYTES = 4
# Ids of the server's own making; clients may choose others, and put a name or address into them.
_RANDOM_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}|[0-9a-f]{16}|[0-9a-f]{32}")


def record_audit_entry(
    database: Database, by: Principal, action: str, subject: str, *, detail: str = ""
) -> None:
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


def opaque(id: str) -> str:
    """The id, or if a client may have chosen it the start of its SHA-256: entries last for ever."""
    if _RANDOM_ID.fullmatch(id):
        return id
    return f"sha256:{hashlib.sha256(id.encode()).hexdigest()[:32]}"
