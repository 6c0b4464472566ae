"""Store log records."""

from collections.abc import Sequence

import pyarrow as pa

from sessionary.model.log_entry import LogEntry
from sessionary.store.clickhouse.pool import Connection

_TEXTS = ("trace_id", "span_id", "session_id", "event_name", "scope", "body", "attributes")


def insert_log_records(
    connection: Connection, workspace_id: str, entries: Sequence[LogEntry], *, project_id: str = ""
) -> None:
    """Insert log records; one that is there already stays one.

    `project_id` is that of the key that sent them, empty for a workspace key.
    """
    columns: dict[str, pa.Array] = {
        name: pa.array([getattr(entry, name) for entry in entries], pa.string()) for name in _TEXTS
    }
    columns["time"] = pa.array([entry.time_ns for entry in entries], pa.timestamp("ns", "UTC"))
    columns["workspace_id"] = pa.array([workspace_id] * len(entries), pa.string())
    columns["project_id"] = pa.array([project_id] * len(entries), pa.string())
    connection.insert("log_records", pa.table(columns))
