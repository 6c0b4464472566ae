"""How far the spans are rolled up, and what was begun and is not at its end.

What lies beyond when a server starts was cut off, and is done then.
"""

import pyarrow as pa

from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.rollup.rollup import TouchedTraces

REPORTS = "reports"
_NAME, _REBUILD = "rollups", "rebuild"


def advance_watermark(
    connection: Connection, arrived_ns: int, *, has_stale_reports: bool = False
) -> None:
    """All spans that arrived up to then are rolled up, and all reports joined to their sessions."""
    names = [_NAME] if has_stale_reports else [_NAME, REPORTS]
    connection.insert_rows(
        "settled", ["name", "arrived_at"], [[name, arrived_ns] for name in names]
    )


def mark_rebuild(connection: Connection) -> None:
    """From now on the derived tables may lack rows."""
    connection.insert_rows("settled", ["name", "arrived_at"], [[_REBUILD, 1]])


def unmark_rebuild(database: Database, connection: Connection) -> None:
    """All derived rows are there."""
    changed = database.topology.changed_table("settled")
    connection.run("rollup/delete_watermark", {"name": _REBUILD}, table=changed)


def has_cut_off_rebuild(database: Database) -> bool:
    """Whether a rebuild was begun and not brought to its end."""
    with database.read_connection() as connection:
        (row,) = connection.rows("rollup/has_watermark", {"name": _REBUILD})
    return bool(row["has_watermark"])


def last_version(connection: Connection) -> int:
    """The greatest version that was given out; 0 in an empty store."""
    (row,) = connection.rows("rollup/last_version")
    return int(row["version"])


def unsettled(connection: Connection) -> list[TouchedTraces]:
    """The traces with spans that were stored but not rolled up."""
    return [
        TouchedTraces(
            row["workspace_id"], row["trace_ids"], row["first_start_ns"], row["last_start_ns"]
        )
        for row in connection.rows("rollup/unsettled")
    ]


def owners_after_watermark(connection: Connection) -> pa.Table:
    """Who wrote to what, of those spans: ids and project, once each, in order of arrival."""
    return connection.table("rollup/unsettled_owners")
