"""Insert spans directly into a store and roll them up, in the workspace `w`."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sessionary.store.clickhouse.migrations import migrate
from sessionary.store.clickhouse.pool import Database
from sessionary.store.rollup.rollup import TouchedTraces, roll_up

_COLUMNS = (
    "workspace_id",
    "trace_id",
    "span_id",
    "session_id",
    "start_time",
    "end_time",
    "arrived_at",
    "attributes",
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A trace of one span."""

    trace_id: str
    session_id: str
    start_ns: int
    end_ns: int
    attributes: Mapping[str, str] = field(default_factory=dict)


@contextmanager
def opened(folder: Path, *, memory_bytes: int = 1 << 30) -> Iterator[Database]:
    """A store in the folder, with its tables."""
    database = Database(f"chdb://{folder}", clients=1, memory_bytes=memory_bytes)
    try:
        migrate(database)
        yield database
    finally:
        database.close()


def store(database: Database, spans: Sequence[Stored], *, version: int) -> None:
    """Insert and roll up spans that arrived at `version`."""
    rows = [
        [
            "w",
            span.trace_id,
            "span",
            span.session_id,
            span.start_ns,
            span.end_ns,
            version,
            span.attributes,
        ]
        for span in spans
    ]
    starts = [span.start_ns for span in spans]
    touched = TouchedTraces("w", [span.trace_id for span in spans], min(starts), max(starts))
    with database.rollup_connection() as connection:
        connection.insert_rows("spans", _COLUMNS, rows)
        roll_up(connection, touched, version=version)
