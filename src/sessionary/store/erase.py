"""Delete spans for good, and all that was derived from them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyarrow as pa

from sessionary.model.session import session_id
from sessionary.store.database import Database, Rows, Session
from sessionary.store.message_texts import keep_messages_of
from sessionary.store.rollup import (
    TouchedTraces,
    derive_sessions,
    forget,
    name_sessions,
    roll_up,
)
from sessionary.store.session_changes import telling
from sessionary.store.session_names import all_names, renamed_ids
from sessionary.store.sessions import find_session

# A statement that deletes names so many traces at most.
_TRACES_AT_ONCE = 2_000


def erase_sessions(database: Database, workspace_id: str, external_ids: Sequence[str]) -> bool:
    """Delete sessions, under each of their names, with all that is known of them.

    Spans that come later under the same name begin an empty session. Returns whether any existed.
    """
    with database.writing() as session:
        existed = any(find_session(session, workspace_id, name) for name in external_ids)
        _erase(database, session, workspace_id, external_ids)
    return existed


def detach_sessions(database: Database, workspace_id: str, external_ids: Sequence[str]) -> bool:
    """Delete sessions, under each of their names, and leave their traces in none.

    Returns whether any existed.
    """
    with database.writing() as session:
        existed = any(find_session(session, workspace_id, name) for name in external_ids)
        names = all_names(session, workspace_id, external_ids)
        traces = _traces_of(session, workspace_id, names)
        trace_ids = pa.array([row["trace_id"] for row in traces], pa.string())
        workspace = pa.array([workspace_id] * len(traces), pa.string())
        session.insert(
            "detached_traces", pa.table({"workspace_id": workspace, "trace_id": trace_ids})
        )
        for batch in _batches(traces):
            roll_up(session, _touched(workspace_id, batch), version=database.next_version())
        _erase_names(database, session, workspace_id, names)
    return existed


def erase_contact(database: Database, workspace_id: str, contact_id: str) -> int:
    """Delete all in which a contact takes part; returns how many sessions that were.

    These are the sessions and the sessionless traces of which any span names the contact, and
    the contact's record.
    """
    scope = {"workspace_id": workspace_id, "contact_id": contact_id}
    with database.writing() as session:
        rows = session.rows("erase/contact_traces", scope)
        names = {row["session_id"] for row in rows} - {""}
        names |= {row["external_id"] for row in session.rows("erase/contact_sessions", scope)}
        _erase(database, session, workspace_id, sorted(names), [row["trace_id"] for row in rows])
        session.run("erase/contact", scope, table=database.topology.changed_table("contacts"))
    return len(names)


def _erase(
    database: Database,
    session: Session,
    workspace_id: str,
    external_ids: Sequence[str],
    trace_ids: Sequence[str] = (),
) -> None:
    """Delete sessions, under each of their names, and traces that may lie in none.

    The spans go first, the sessions last: an erasure that was cut off can be asked for again.
    """
    names = all_names(session, workspace_id, external_ids)
    for batch in _batches(_traces_of(session, workspace_id, names, trace_ids)):
        _erase_traces(database, session, workspace_id, [row["trace_id"] for row in batch])
    _erase_names(database, session, workspace_id, names)


def _traces_of(
    session: Session, workspace_id: str, names: Sequence[str], trace_ids: Sequence[str] = ()
) -> Rows:
    scope = {"workspace_id": workspace_id, "session_ids": names, "trace_ids": list(trace_ids)}
    return session.rows("erase/session_traces", scope)


def _batches(rows: Rows) -> Iterator[Rows]:
    for start in range(0, len(rows), _TRACES_AT_ONCE):
        yield rows[start : start + _TRACES_AT_ONCE]


def _touched(workspace_id: str, rows: Rows) -> TouchedTraces:
    return TouchedTraces(
        workspace_id,
        [row["trace_id"] for row in rows],
        min(row["first_start_ns"] for row in rows),
        max(row["last_start_ns"] for row in rows),
    )


def _erase_traces(
    database: Database, session: Session, workspace_id: str, trace_ids: Sequence[str]
) -> None:
    changed = database.topology.changed_table
    traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    with database.keeping():
        for table in ("spans", "message_texts", "superseded_texts"):
            session.run("erase/traces", traces, table=changed(table))
    for table in ("log_records", "scores", "trace_locations", "detached_traces", "traces"):
        session.run("erase/traces", traces, table=changed(table))


def _erase_names(
    database: Database, session: Session, workspace_id: str, names: Sequence[str]
) -> None:
    changed = database.topology.changed_table
    sessions = {"workspace_id": workspace_id, "session_ids": names}
    with _naming(session, workspace_id, names), telling(session, workspace_id):
        for table in ("log_records", "scores"):
            session.run("erase/session_records", sessions, table=changed(table))
        session.run("erase/session_reports", sessions, table=changed("session_reports"))
        _erase_links(database, session, workspace_id, names)
        session.run("erase/session_names", sessions, table=changed("session_names"))
        for table in ("sessions", "sessions_by_start"):
            session.run("erase/sessions", sessions, table=changed(table))


def _erase_links(
    database: Database, session: Session, workspace_id: str, names: Sequence[str]
) -> None:
    """Delete the links to sessions: what comes later under the same name was never shared."""
    ids = {session_id(workspace_id, name) for name in names}
    ids |= {id.hex() for id in renamed_ids(session, workspace_id, names).values()}
    links = {"workspace_id": workspace_id, "session_ids": sorted(ids)}
    session.run("erase/share_links", links, table=database.topology.changed_table("share_links"))


@contextmanager
def _naming(session: Session, workspace_id: str, names: Sequence[str]) -> Iterator[None]:
    forget(session)
    name_sessions(session, workspace_id, names)
    yield
    forget(session)


def erase_outlived(
    database: Database, workspace_id: str, *, before_ns: int, limit: int
) -> tuple[int, int]:
    """Delete what ended before then, at most `limit` sessions and as many traces in none.

    Returns how many of each.
    """
    scope = {"workspace_id": workspace_id, "before_ns": before_ns, "limit": limit}
    with database.writing() as session:
        names = [row["external_id"] for row in session.rows("erase/outlived_sessions", scope)]
        trace_ids = [row["trace_id"] for row in session.rows("erase/outlived_traces", scope)]
        if names or trace_ids:
            _erase(database, session, workspace_id, names, trace_ids)
    return len(names), len(trace_ids)


def erase_project(database: Database, workspace_id: str, project_id: str) -> int:
    """Delete the spans of a project; returns how many sessions they were in.

    Traces and sessions that had other spans too are derived anew from those. The spans go last
    but for that: of an erasure that was cut off, they tell the next one what is left to do.
    """
    scope = {"workspace_id": workspace_id, "project_id": project_id}
    with database.writing() as session:
        rows = session.rows("erase/project_traces", scope)
        for batch in _batches(rows):
            _erase_of_project(database, session, scope, batch)
    return len({row["session_id"] for row in rows} - {""})


def _erase_of_project(
    database: Database, session: Session, project: Mapping[str, str], rows: Rows
) -> None:
    changed, workspace_id = database.topology.changed_table, project["workspace_id"]
    trace_ids = [row["trace_id"] for row in rows]
    session_ids = sorted({row["session_id"] for row in rows} - {""})
    traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    sessions = {"workspace_id": workspace_id, "session_ids": session_ids}
    _erase_links(database, session, workspace_id, session_ids)
    with _naming(session, workspace_id, session_ids), telling(session, workspace_id):
        for table in ("sessions", "sessions_by_start"):
            session.run("erase/sessions", sessions, table=changed(table))
    for table in ("traces", "log_records", "scores"):
        session.run("erase/traces", traces, table=changed(table))
    _derive_other_traces(database, session, workspace_id, session_ids)
    session.run("erase/traces", traces, table=changed("trace_locations"))
    with database.keeping() as keeper:
        session.run("erase/spans", {**project, **traces}, table=changed("spans"))
        for table in ("message_texts", "superseded_texts"):
            session.run("erase/traces", traces, table=changed(table))
        keep_messages_of(keeper, workspace_id, trace_ids)
    _derive_other_spans(database, session, workspace_id, trace_ids)


def _derive_other_traces(
    database: Database, session: Session, workspace_id: str, session_ids: list[str]
) -> None:
    """Derive the sessions from the traces that they have left."""
    same = {"workspace_id": workspace_id, "version": database.next_version()}
    with _naming(session, workspace_id, session_ids), telling(session, workspace_id):
        derive_sessions(session, same)


def _derive_other_spans(
    database: Database, session: Session, workspace_id: str, trace_ids: list[str]
) -> None:
    """Derive the traces from the spans that they have left."""
    traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    (rest,) = session.rows("erase/remaining_traces", traces)
    if rest["trace_ids"]:
        touched = TouchedTraces(
            workspace_id, rest["trace_ids"], rest["first_start_ns"], rest["last_start_ns"]
        )
        roll_up(session, touched, version=database.next_version())
