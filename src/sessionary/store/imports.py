"""What was loaded once, and what became of it."""

import time

from sessionary.store.database import Session


def import_state(session: Session, name: str) -> str:
    """What `mark_import` said last of the import; empty where there was none."""
    rows = session.rows("queries/import_state", {"name": name})
    return str(rows[0]["state"]) if rows else ""


def mark_import(session: Session, name: str, state: str) -> None:
    """Keep the state of an import."""
    session.insert_rows("imports", ["name", "state", "version"], [[name, state, time.time_ns()]])
