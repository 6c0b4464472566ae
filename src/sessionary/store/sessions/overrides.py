"""Write what API calls say of sessions. Every function takes the workspace first."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from sessionary.errors import ConflictError, NotFoundError
from sessionary.model.session import session_id
from sessionary.model.session_override import (
    AMOUNTS,
    FIGURES,
    INTEGERS,
    TEXTS,
    Measured,
    SessionOverride,
    SetChange,
)
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.pending_writes.complete import uninterrupted
from sessionary.store.pending_writes.stale_overrides import insert_names
from sessionary.store.rollup.change_events import publish_changes
from sessionary.store.rollup.rollup import forget, join_overrides, measure_sessions, name_sessions
from sessionary.store.sessions.queries import find_session

_AMOUNT = pa.decimal128(38, 12)


@dataclass(frozen=True, slots=True)
class Reported:
    """A session before a write: its identity, measured figures and override."""

    report: SessionOverride
    measured: Measured


def create_override(
    database: Database,
    workspace_id: str,
    external_id: str,
    write: Callable[[Reported], SessionOverride],
) -> str:
    """Write the first report of a session that does not exist; returns its `_id`.

    Raises:
        ConflictError: there is a session by that name.
    """
    with uninterrupted(database) as connection:
        _refuse_taken(connection, workspace_id, external_id)
        id = session_id(workspace_id, external_id)
        report = SessionOverride(
            id, external_id, (external_id,), created_ns=database.next_version()
        )
        _write(database, connection, workspace_id, report, write)
    return id


def change_override(
    database: Database, workspace_id: str, name: str, write: Callable[[Reported], SessionOverride]
) -> str:
    """Write to a session by its `_id` or external id; returns its `_id`.

    Raises:
        NotFoundError: there is no such session.
        ConflictError: it is to be renamed to what another session is called.
    """
    with uninterrupted(database) as connection:
        found = find_session(connection, workspace_id, name)
        if found is None:
            raise NotFoundError(f"there is no session {name!r}")
        report = _read_report(connection, workspace_id, found.id) or SessionOverride(
            found.id, found.external_id, (found.external_id,), created_ns=found.started_ns
        )
        _write(database, connection, workspace_id, report, write)
    return found.id


def _write(
    database: Database,
    connection: Connection,
    workspace_id: str,
    report: SessionOverride,
    write: Callable[[Reported], SessionOverride],
) -> None:
    version = database.next_version()
    same: dict[str, object] = {"workspace_id": workspace_id, "version": version}
    with _touched(connection, workspace_id, report):
        measure_sessions(connection, same)
        after = write(Reported(report, _measured(connection)))
        is_renamed = after.external_id != report.external_id
        if is_renamed:
            _refuse_name_of_other(connection, workspace_id, after)
        # First what the rest is derived from (store/pending_writes/stale_overrides.py).
        connection.insert("session_reports", _table(after, same))
        if is_renamed:
            id = bytes.fromhex(after.id)
            insert_names(connection, workspace_id, id, after.names, version)
        join_overrides(connection, same)


@contextmanager
def _touched(connection: Connection, workspace_id: str, report: SessionOverride) -> Iterator[None]:
    forget(connection)
    name_sessions(connection, workspace_id, report.names)
    with publish_changes(connection, workspace_id):
        yield
    forget(connection)


def _refuse_taken(connection: Connection, workspace_id: str, external_id: str) -> None:
    if find_session(connection, workspace_id, external_id) is not None:
        raise ConflictError(
            f"there is a session {external_id!r} already: update it, or use another external_id"
        )


def _refuse_name_of_other(
    connection: Connection, workspace_id: str, report: SessionOverride
) -> None:
    found = find_session(connection, workspace_id, report.external_id)
    if found is not None and found.id != report.id:
        _refuse_taken(connection, workspace_id, report.external_id)


def _measured(connection: Connection) -> Measured:
    rows = connection.rows("sessions/measured_session")
    if not rows:
        return Measured(dict.fromkeys(INTEGERS, 0) | dict.fromkeys(AMOUNTS, Decimal(0)))
    (row,) = rows
    figures = {name: row[name] for name in FIGURES}
    return Measured(figures, tuple(row["tags"]), tuple(row["contact_ids"]))


def _read_report(connection: Connection, workspace_id: str, id: str) -> SessionOverride | None:
    named = {"workspace_id": workspace_id, "id": id}
    rows = connection.rows("sessions/session_report", named)
    return _report(rows[0]) if rows else None


def _report(row: Mapping[str, Any]) -> SessionOverride:
    return SessionOverride(
        id=row["id"].hex(),
        external_id=row["external_id"],
        names=tuple(row["names"]),
        created_ns=row["created_ns"],
        started_ns=row["started_ns"],
        adjustments={name: row[name] for name in FIGURES},
        texts={name: row[name] for name in TEXTS if row[name] is not None},
        tags=SetChange(tuple(row["tags_added"]), tuple(row["tags_removed"])),
        contact_ids=SetChange(tuple(row["contact_ids_added"]), tuple(row["contact_ids_removed"])),
    )


def _table(report: SessionOverride, same: Mapping[str, object]) -> pa.Table:
    strings = pa.list_(pa.string())
    adjusted = report.adjustments
    columns = {
        "id": pa.array([bytes.fromhex(report.id)], pa.binary(16)),
        "external_id": pa.array([report.external_id]),
        "names": pa.array([report.names], strings),
        "created_ns": pa.array([report.created_ns]),
        "started_ns": pa.array([report.started_ns], pa.int64()),
        "tags_added": pa.array([report.tags.added], strings),
        "tags_removed": pa.array([report.tags.removed], strings),
        "contact_ids_added": pa.array([report.contact_ids.added], strings),
        "contact_ids_removed": pa.array([report.contact_ids.removed], strings),
    }
    columns |= {name: pa.array([report.texts.get(name)], pa.string()) for name in TEXTS}
    columns |= {name: pa.array([adjusted.get(name, 0)], pa.int64()) for name in INTEGERS}
    columns |= {name: pa.array([Decimal(adjusted.get(name, 0))], _AMOUNT) for name in AMOUNTS}
    return pa.table(columns | {name: pa.array([value]) for name, value in same.items()})
