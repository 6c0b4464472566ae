"""Writes of several statements, recorded before they begin and removed when they have ended.

A recorded write has its resolved targets: carrying it out again needs no search, so the order of
its statements does not matter. store/pending_writes/complete.py completes what was interrupted.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from sessionary.errors import StorageError
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.rollup.rollup import TouchedTraces


@dataclass(frozen=True, slots=True)
class Erasure:
    """Sessions under each of their names, traces that may be in none, a contact's record."""

    workspace_id: str
    names: Sequence[str]
    session_ids: Sequence[str]
    trace_ids: Sequence[str]
    contact_id: str = ""


@dataclass(frozen=True, slots=True)
class Detachment:
    """Sessions to delete without their traces."""

    workspace_id: str
    names: Sequence[str]
    session_ids: Sequence[str]
    traces: Sequence[TouchedTraces]


@dataclass(frozen=True, slots=True)
class ProjectErasure:
    """The spans of a project: its traces, and the session of each, empty where it has none."""

    workspace_id: str
    project_id: str
    traces: Sequence[tuple[str, str]]
    import_name: str = ""
    """The import to mark as removed at the end."""
    includes_record: bool = False


@dataclass(frozen=True, slots=True)
class Repricing:
    """Pricing the stored calls of a scope again (services/prices/apply.py)."""

    workspace_id: str
    model: str
    provider: str
    valid_from_ns: int


PendingWrite = Erasure | Detachment | ProjectErasure | Repricing | TouchedTraces
_KINDS: dict[str, type[PendingWrite]] = {
    kind.__name__: kind for kind in (Erasure, Detachment, ProjectErasure, Repricing, TouchedTraces)
}


@contextmanager
def recorded(database: Database, connection: Connection, write: PendingWrite) -> Iterator[None]:
    """Record a write, and remove it at the end of the block; an error leaves it recorded."""
    record(connection, write)
    yield
    remove(database, connection, write)


def record(connection: Connection, write: PendingWrite) -> None:
    """Record a write; recording the same one twice is as good as once."""
    row = [_id(write), type(write).__name__, _json(write)]
    connection.insert_rows("pending_writes", ["id", "kind", "write"], [row])


def remove(database: Database, connection: Connection, write: PendingWrite) -> None:
    """Remove a recorded write, at once also from disk."""
    table = database.topology.changed_table("pending_writes")
    connection.run("pending_writes/remove", {"id": _id(write)}, table=table)


def pending_writes(connection: Connection) -> list[PendingWrite]:
    """The recorded writes.

    Raises:
        StorageError: one is of a kind that this version does not know.
    """
    return [_write(row["kind"], row["write"]) for row in connection.rows("pending_writes/all")]


def _id(write: PendingWrite) -> str:
    return hashlib.sha256(f"{type(write).__name__} {_json(write)}".encode()).hexdigest()[:32]


def _json(write: PendingWrite) -> str:
    return json.dumps(asdict(write))


def _write(kind: str, written: str) -> PendingWrite:
    if kind not in _KINDS:
        raise StorageError(
            f"a later version of Sessionary was interrupted in a write ({kind}): start that version"
        )
    fields = json.loads(written)
    if kind == Detachment.__name__:
        fields["traces"] = [TouchedTraces(**traces) for traces in fields["traces"]]
    if kind == ProjectErasure.__name__:
        fields["traces"] = [(trace_id, session) for trace_id, session in fields["traces"]]
    return _KINDS[kind](**fields)
