"""Delete spans for good, and all that was derived from them."""

import time

from sessionary.store.database import Database, Session
from sessionary.store.rollup import TouchedTraces, derive_sessions, forget, name_sessions, roll_up
from sessionary.store.settlement import last_version


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
        for table in ("sessions", "sessions_by_start"):
            session.run("erase/sessions", sessions, table=changed(table))
        session.run("erase/traces", traces, table=changed("traces"))
        session.run("erase/traces", traces, table=changed("log_records"))
        _derive_other_traces(session, workspace_id, session_ids)
        session.run("erase/traces", traces, table=changed("trace_locations"))
        session.run("erase/spans", scope, table=changed("spans"))
        _derive_other_spans(session, workspace_id, trace_ids)
    return len(session_ids)


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
