"""Sessions whose latest report they do not show: the write was interrupted after the report.

The report is written first and has all that the rest is derived from.
"""

from collections.abc import Sequence

import pyarrow as pa

from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.rollup.change_events import publish_changes
from sessionary.store.rollup.rollup import derive_sessions, forget, name_sessions
from sessionary.store.rollup.watermarks import REPORTS


def derive_stale_overrides(database: Database, connection: Connection) -> int:
    """Complete interrupted updates of sessions; returns how many those were."""
    rows = connection.rows("pending_writes/stale_reports", {"name": REPORTS})
    for row in rows:
        names, version = row["names"], database.next_version()
        same = {"workspace_id": row["workspace_id"], "version": version}
        forget(connection)
        if len(names) > 1:
            insert_names(connection, row["workspace_id"], row["id"], names, version)
        name_sessions(connection, row["workspace_id"], names)
        with publish_changes(connection, row["workspace_id"]):
            derive_sessions(connection, same)
        forget(connection)
    return len(rows)


def insert_names(
    connection: Connection, workspace_id: str, id: bytes, names: Sequence[str], version: int
) -> None:
    """Let a renamed session be found by each of its names."""
    columns = {
        "workspace_id": pa.array([workspace_id] * len(names)),
        "name": pa.array(names, pa.string()),
        "id": pa.array([id] * len(names), pa.binary(16)),
        "version": pa.array([version] * len(names)),
    }
    connection.insert("session_names", pa.table(columns))
