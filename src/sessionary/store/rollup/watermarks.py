"""How far the spans are rolled up, and what was begun and is not at its end.

What lies beyond when a server starts was cut off, and is done then.
"""

import pyarrow as pa

from sessionary.store.clickhouse.pool import Database, Session
from sessionary.store.rollup.rollup import TouchedTraces

REPORTS = "reports"
_NAME, _REBUILD = "rollups", "rebuild"


def mark_settled(session: Session, arrived_ns: int, *, has_stale_reports: bool = False) -> None:
    """All spans that arrived up to then are rolled up, and all reports joined to their sessions."""
    names = [_NAME] if has_stale_reports else [_NAME, REPORTS]
    session.insert_rows("settled", ["name", "arrived_at"], [[name, arrived_ns] for name in names])


def mark_rebuild(session: Session) -> None:
    """From now on the derived tables may lack rows."""
    session.insert_rows("settled", ["name", "arrived_at"], [[_REBUILD, 1]])


def unmark_rebuild(database: Database, session: Session) -> None:
    """All derived rows are there."""
    changed = database.topology.changed_table("settled")
    session.run("rollup/unmark", {"name": _REBUILD}, table=changed)


def has_cut_off_rebuild(database: Database) -> bool:
    """Whether a rebuild was begun and not brought to its end."""
    with database.reading() as session:
        (row,) = session.rows("rollup/has_mark", {"name": _REBUILD})
    return bool(row["has_mark"])


def last_version(session: Session) -> int:
    """The greatest version that was given out; 0 in an empty store."""
    (row,) = session.rows("rollup/last_version")
    return int(row["version"])


def unsettled(session: Session) -> list[TouchedTraces]:
    """The traces with spans that were stored but not rolled up."""
    return [
        TouchedTraces(
            row["workspace_id"], row["trace_ids"], row["first_start_ns"], row["last_start_ns"]
        )
        for row in session.rows("rollup/unsettled")
    ]


def unsettled_owners(session: Session) -> pa.Table:
    """Who wrote to what, of those spans: ids and project, once each, in order of arrival."""
    return session.table("rollup/unsettled_owners")
