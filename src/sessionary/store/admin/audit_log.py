"""Keep the audit log. Every function takes the workspace first."""

from dataclasses import astuple, fields

from sessionary.model.audit import AuditEntry
from sessionary.model.pagination import Page
from sessionary.store.clickhouse.pool import Database

_COLUMNS = tuple(field.name for field in fields(AuditEntry))


def insert_audit_entry(database: Database, workspace_id: str, entry: AuditEntry) -> None:
    """Insert an entry."""
    with database.insert_connection() as connection:
        row = (workspace_id, *astuple(entry))
        connection.insert_rows("audit_log", ("workspace_id", *_COLUMNS), [row])


def list_audit_log(
    database: Database, workspace_id: str, *, limit: int, last_id: str = ""
) -> Page[AuditEntry]:
    """The entries, the latest first, from the one after `last_id` on."""
    parameters = {"workspace_id": workspace_id, "limit": limit + 1, "last_id": last_id}
    with database.read_connection() as connection:
        rows = connection.rows("admin/list_audit_log", parameters)
    entries = [AuditEntry(**{name: row[name] for name in _COLUMNS}) for row in rows]
    return Page(entries[:limit], len(entries) > limit)
