"""How far the spans are rolled up: what lies beyond was cut off between the two."""

from sessionary.store.database import Session
from sessionary.store.rollup import TouchedTraces

_NAME = "rollups"


def mark_settled(session: Session, arrived_ns: int) -> None:
    """All spans that arrived up to then are rolled up."""
    session.insert_rows("settled", ["name", "arrived_at"], [[_NAME, arrived_ns]])


def last_version(session: Session) -> int:
    """The greatest version that was given out; 0 in an empty store."""
    (row,) = session.rows("queries/last_version")
    return int(row["version"])


def unsettled(session: Session) -> list[TouchedTraces]:
    """The traces with spans that were stored but not rolled up."""
    return [
        TouchedTraces(
            row["workspace_id"], row["trace_ids"], row["first_start_ns"], row["last_start_ns"]
        )
        for row in session.rows("queries/unsettled")
    ]
