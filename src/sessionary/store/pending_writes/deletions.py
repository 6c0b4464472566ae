"""Find what an erasure deletes, and delete it in statements that can be executed again.

store/erasure/erase.py calls these, and store/pending_writes/complete.py for what was interrupted.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import pyarrow as pa

from sessionary.model.session import session_id
from sessionary.store.admin.projects import delete_project_record
from sessionary.store.admin.sample_loads import mark_removed
from sessionary.store.clickhouse.pool import Connection, Database, Rows
from sessionary.store.disk.scrub import mark_erasure
from sessionary.store.messages.search_index import index_messages_of
from sessionary.store.pending_writes.intents import Detachment, Erasure, ProjectErasure
from sessionary.store.rollup.change_events import publish_changes
from sessionary.store.rollup.rollup import (
    TouchedTraces,
    combine,
    derive_sessions,
    forget,
    name_sessions,
    roll_up,
)
from sessionary.store.scopes.session_aliases import renamed_ids

# The most traces that one deleting statement names.
_TRACES_AT_ONCE = 2_000

T = TypeVar("T")


def find_sessions(
    connection: Connection,
    workspace_id: str,
    external_ids: Collection[str],
    trace_ids: Collection[str] = (),
    contact_id: str = "",
) -> Erasure:
    """The erasure of sessions, under each of their names, with their traces and others."""
    names, ids = _identify(connection, workspace_id, external_ids)
    traces = {row["trace_id"] for row in _traces_of(connection, workspace_id, names)}
    return Erasure(workspace_id, names, ids, sorted(traces.union(trace_ids)), contact_id)


def find_contact(
    connection: Connection,
    workspace_id: str,
    contact_id: str,
    external_ids: Collection[str] = (),
    trace_ids: Collection[str] = (),
) -> Erasure:
    """The erasure of a contact: all in which they take part, and other sessions and traces."""
    scope = {"workspace_id": workspace_id, "contact_id": contact_id}
    rows = connection.rows("pending_writes/contact_traces", scope)
    names = {row["session_id"] for row in rows} - {""}
    names |= {
        row["external_id"] for row in connection.rows("pending_writes/contact_sessions", scope)
    }
    traces = {row["trace_id"] for row in rows}
    return find_sessions(
        connection, workspace_id, names.union(external_ids), traces.union(trace_ids), contact_id
    )


def find_again(connection: Connection, erasure: Erasure) -> Erasure:
    """The same erasure, with what has arrived since it was found."""
    targets = (erasure.names, erasure.trace_ids)
    if erasure.contact_id:
        return find_contact(connection, erasure.workspace_id, erasure.contact_id, *targets)
    return find_sessions(connection, erasure.workspace_id, *targets)


def find_detached(
    connection: Connection,
    workspace_id: str,
    external_ids: Collection[str],
    traces: Sequence[TouchedTraces] = (),
) -> Detachment:
    """The deletion of sessions, under each of their names, that leaves their traces."""
    names, ids = _identify(connection, workspace_id, external_ids)
    rows = _traces_of(connection, workspace_id, names)
    found = [
        TouchedTraces(workspace_id, [row["trace_id"]], row["first_start_ns"], row["last_start_ns"])
        for row in rows
    ]
    return Detachment(workspace_id, names, ids, combine([*traces, *found]))


def find_project(
    connection: Connection,
    workspace_id: str,
    project_id: str,
    traces: Collection[tuple[str, str]] = (),
) -> list[tuple[str, str]]:
    """The traces that have spans of a project, each with its session, and others."""
    scope = {"workspace_id": workspace_id, "project_id": project_id}
    rows = connection.rows("pending_writes/project_traces", scope)
    return sorted({*traces, *((row["trace_id"], row["session_id"]) for row in rows)})


def erase(database: Database, connection: Connection, erasure: Erasure) -> None:
    """Delete sessions and traces, and a contact's record where one is named."""
    mark_erasure(database, connection)
    for trace_ids in _batches(erasure.trace_ids):
        _erase_traces(database, connection, erasure.workspace_id, trace_ids)
    _erase_names(database, connection, erasure)
    if erasure.contact_id:
        contact = {"workspace_id": erasure.workspace_id, "contact_id": erasure.contact_id}
        for table, deletion in (("contacts", "contact"), ("session_reports", "contact_reports")):
            connection.run(
                f"pending_writes/{deletion}", contact, table=database.topology.changed_table(table)
            )


def detach(database: Database, connection: Connection, detachment: Detachment) -> None:
    """Delete sessions, and leave their traces in none."""
    mark_erasure(database, connection)
    for traces in detachment.traces:
        workspace = pa.array([traces.workspace_id] * len(traces.trace_ids), pa.string())
        trace_ids = pa.array(traces.trace_ids, pa.string())
        connection.insert(
            "detached_traces", pa.table({"workspace_id": workspace, "trace_id": trace_ids})
        )
        roll_up(connection, traces, version=database.next_version())
    _erase_names(database, connection, detachment)


def erase_spans_of_project(
    database: Database, connection: Connection, erasure: ProjectErasure
) -> None:
    """Delete the spans of a project, and its record or the mark of its import.

    Traces and sessions that have other spans too are derived from those.
    """
    mark_erasure(database, connection)
    for traces in _batches(erasure.traces):
        _erase_of_project(database, connection, erasure, traces)
    if erasure.includes_record:
        delete_project_record(database, connection, erasure.workspace_id, erasure.project_id)
    if erasure.import_name:
        mark_removed(connection, erasure.import_name)


def _identify(
    connection: Connection, workspace_id: str, external_ids: Collection[str]
) -> tuple[list[str], list[str]]:
    """All names of the sessions with these, and the ids in hex that links know them by."""
    renamed = renamed_ids(connection, workspace_id, external_ids)
    names = sorted({*external_ids, *renamed})
    ids = {session_id(workspace_id, name) for name in names}
    return names, sorted(ids | {id.hex() for id in renamed.values()})


def _traces_of(connection: Connection, workspace_id: str, names: Sequence[str]) -> Rows:
    scope = {"workspace_id": workspace_id, "session_ids": names}
    return connection.rows("pending_writes/session_traces", scope)


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _TRACES_AT_ONCE):
        yield items[start : start + _TRACES_AT_ONCE]


def _erase_traces(
    database: Database, connection: Connection, workspace_id: str, trace_ids: Sequence[str]
) -> None:
    changed = database.topology.changed_table
    traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    with database.index_connection():
        for table in ("spans", "message_texts", "superseded_texts"):
            connection.run("pending_writes/traces", traces, table=changed(table))
    for table in ("log_records", "scores", "trace_locations", "detached_traces", "traces"):
        connection.run("pending_writes/traces", traces, table=changed(table))


def _erase_names(database: Database, connection: Connection, erased: Erasure | Detachment) -> None:
    """Delete the sessions themselves: the names after the rows that are found by them."""
    changed = database.topology.changed_table
    sessions = {"workspace_id": erased.workspace_id, "session_ids": erased.names}
    _erase_links(database, connection, erased.workspace_id, erased.session_ids)
    for table in ("log_records", "scores"):
        connection.run("pending_writes/session_records", sessions, table=changed(table))
    with _naming(connection, erased.workspace_id, erased.names):
        connection.run("pending_writes/session_reports", sessions, table=changed("session_reports"))
        for table in ("sessions", "sessions_by_start"):
            connection.run("pending_writes/sessions", sessions, table=changed(table))
    connection.run("pending_writes/session_names", sessions, table=changed("session_names"))


def _erase_links(
    database: Database, connection: Connection, workspace_id: str, session_ids: Sequence[str]
) -> None:
    """Delete the links to sessions: what comes later under the same name was never shared."""
    links = {"workspace_id": workspace_id, "session_ids": session_ids}
    connection.run(
        "pending_writes/share_links", links, table=database.topology.changed_table("share_links")
    )


@contextmanager
def _naming(connection: Connection, workspace_id: str, names: Sequence[str]) -> Iterator[None]:
    """Publish what the block does to the sessions of these names."""
    forget(connection)
    name_sessions(connection, workspace_id, names)
    with publish_changes(connection, workspace_id):
        yield
    forget(connection)


def _erase_of_project(
    database: Database,
    connection: Connection,
    erasure: ProjectErasure,
    located: Sequence[tuple[str, str]],
) -> None:
    changed, workspace_id = database.topology.changed_table, erasure.workspace_id
    trace_ids = [trace_id for trace_id, _ in located]
    names, ids = _identify(connection, workspace_id, {name for _, name in located} - {""})
    traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    sessions = {"workspace_id": workspace_id, "session_ids": names}
    _erase_links(database, connection, workspace_id, ids)
    with _naming(connection, workspace_id, names):
        for table in ("sessions", "sessions_by_start"):
            connection.run("pending_writes/sessions", sessions, table=changed(table))
    for table in ("traces", "log_records", "scores"):
        connection.run("pending_writes/traces", traces, table=changed(table))
    with _naming(connection, workspace_id, names):
        same = {"workspace_id": workspace_id, "version": database.next_version()}
        derive_sessions(connection, same)
    connection.run("pending_writes/traces", traces, table=changed("trace_locations"))
    with database.index_connection() as indexing:
        project = {**traces, "project_id": erasure.project_id}
        connection.run("pending_writes/spans", project, table=changed("spans"))
        for table in ("message_texts", "superseded_texts"):
            connection.run("pending_writes/traces", traces, table=changed(table))
        index_messages_of(indexing, workspace_id, trace_ids)
    _derive_other_spans(database, connection, workspace_id, trace_ids)


def _derive_other_spans(
    database: Database, connection: Connection, workspace_id: str, trace_ids: list[str]
) -> None:
    """Derive the traces from the spans that they have left."""
    traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    (rest,) = connection.rows("pending_writes/remaining_traces", traces)
    if rest["trace_ids"]:
        touched = TouchedTraces(
            workspace_id, rest["trace_ids"], rest["first_start_ns"], rest["last_start_ns"]
        )
        roll_up(connection, touched, version=database.next_version())
