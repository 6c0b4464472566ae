"""Delete spans for good, and all that was derived from them."""

import time
from collections.abc import Callable, Mapping, Sequence

from sessionary.store.database import Database, Session
from sessionary.store.rollup import TouchedTraces, derive_sessions, forget, name_sessions, roll_up
from sessionary.store.settlement import last_version
from sessionary.store.topology import Topology


def erase_project(database: Database, workspace_id: str, project_id: str) -> int:
    """Delete the spans of a project; returns how many sessions they were in.

    Traces and sessions that had other spans too are derived anew from those. The spans go last
    but for that: of an erasure that was cut off, they tell the next one what is left to do.
    """
    changed = database.topology.changed_table
    with database.writing() as session:
        scope = {"workspace_id": workspace_id, "project_id": project_id}
        rows = session.rows("erase/project_traces", scope)
        trace_ids = [row["trace_id"] for row in rows]
        session_ids = sorted({row["session_id"] for row in rows} - {""})
        traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
        sessions = {"workspace_id": workspace_id, "session_ids": session_ids}
        _erase_session_rows(session, changed, sessions)
        for table in ("traces", "log_records", "scores"):
            session.run("erase/traces", traces, table=changed(table))
        _derive_other_traces(session, workspace_id, session_ids)
        session.run("erase/traces", traces, table=changed("trace_locations"))
        session.run("erase/spans", scope, table=changed("spans"))
        _derive_other_spans(session, workspace_id, trace_ids)
    return len(session_ids)


def erase_sessions(database: Database, workspace_id: str, external_ids: Sequence[str]) -> None:
    """Delete sessions with their traces, spans, log records and scores.

    Spans that come later under the same name begin an empty session.
    """
    with database.writing() as session:
        _erase(session, database.topology, workspace_id, external_ids, ())


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
        trace_ids = [row["trace_id"] for row in rows]
        _erase(session, database.topology, workspace_id, sorted(names), trace_ids)
        session.run("erase/contact", scope, table=database.topology.changed_table("contacts"))
    return len(names)


def _erase(
    session: Session,
    topology: Topology,
    workspace_id: str,
    session_ids: Sequence[str],
    other_traces: Sequence[str],
) -> None:
    """Delete sessions, and traces that may lie in none.

    What readers see goes first; where the traces lie goes last: of an erasure that was cut off, it
    tells the next one what is left to do.
    """
    changed = topology.changed_table
    sessions: dict[str, object] = {"workspace_id": workspace_id, "session_ids": list(session_ids)}
    found = session.rows("erase/session_traces", sessions)
    trace_ids = sorted({row["trace_id"] for row in found} | set(other_traces))
    traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    _erase_session_rows(session, changed, sessions)
    session.run("erase/traces", traces, table=changed("traces"))
    for table in ("log_records", "scores"):
        session.run("erase/session_records", sessions | traces, table=changed(table))
    session.run("erase/traces", traces, table=changed("spans"))
    session.run("erase/traces", traces, table=changed("trace_locations"))


def _erase_session_rows(
    session: Session, changed: Callable[[str], str], sessions: Mapping[str, object]
) -> None:
    for table in ("sessions", "sessions_by_start"):
        session.run("erase/sessions", sessions, table=changed(table))


def _derive_other_traces(session: Session, workspace_id: str, session_ids: list[str]) -> None:
    """Derive the sessions from the traces that they have left."""
    forget(session)
    derive_sessions(
        session,
        {"workspace_id": workspace_id, "version": _next_version(session)},
        scope=name_sessions(session, session_ids),
    )
    forget(session)


def _derive_other_spans(session: Session, workspace_id: str, trace_ids: list[str]) -> None:
    """Derive the traces from the spans that they have left."""
    traces = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    (rest,) = session.rows("erase/remaining_traces", traces)
    if rest["trace_ids"]:
        touched = TouchedTraces(
            workspace_id, rest["trace_ids"], rest["first_start_ns"], rest["last_start_ns"]
        )
        roll_up(session, touched, version=_next_version(session))


def _next_version(session: Session) -> int:
    return max(time.time_ns(), last_version(session) + 1)
