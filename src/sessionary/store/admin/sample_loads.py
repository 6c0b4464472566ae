"""What was loaded once, and what became of it."""

import time

from sessionary.store.clickhouse.pool import Session

LOADED, REMOVED = "loaded", "removed"


def import_state(session: Session, name: str) -> str:
    """What was recorded last of the import; empty where there was none."""
    rows = session.rows("admin/import_state", {"name": name})
    return str(rows[0]["state"]) if rows else ""


def mark_loaded(session: Session, name: str) -> None:
    """Record that an import was loaded."""
    _mark(session, name, LOADED)


def mark_removed(session: Session, name: str) -> None:
    """Record that an import was removed."""
    _mark(session, name, REMOVED)


def _mark(session: Session, name: str, state: str) -> None:
    session.insert_rows("imports", ["name", "state", "version"], [[name, state, time.time_ns()]])
