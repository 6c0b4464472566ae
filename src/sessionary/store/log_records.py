"""Store log records."""

from collections.abc import Sequence

import pyarrow as pa

from sessionary.model.log_entry import LogEntry
from sessionary.store.database import Session

_TEXTS = ("trace_id", "span_id", "session_id", "event_name", "scope", "body", "attributes")


def insert_log_records(session: Session, workspace_id: str, entries: Sequence[LogEntry]) -> None:
    """Insert log records; one that is there already stays one."""
    columns: dict[str, pa.Array] = {
        name: pa.array([getattr(entry, name) for entry in entries], pa.string()) for name in _TEXTS
    }
    columns["time"] = pa.array([entry.time_ns for entry in entries], pa.timestamp("ns", "UTC"))
    columns["workspace_id"] = pa.array([workspace_id] * len(entries), pa.string())
    session.insert("log_records", pa.table(columns))
