"""What was loaded once, and what became of it."""

import time

from sessionary.store.clickhouse.pool import Connection

LOADED, REMOVED = "loaded", "removed"


def import_state(connection: Connection, name: str) -> str:
    """What was recorded last of the import; empty where there was none."""
    rows = connection.rows("admin/import_state", {"name": name})
    return str(rows[0]["state"]) if rows else ""


def mark_loaded(connection: Connection, name: str) -> None:
    """Record that an import was loaded."""
    _mark(connection, name, LOADED)


def mark_removed(connection: Connection, name: str) -> None:
    """Record that an import was removed."""
    _mark(connection, name, REMOVED)


def _mark(connection: Connection, name: str, state: str) -> None:
    connection.insert_rows("imports", ["name", "state", "version"], [[name, state, time.time_ns()]])
