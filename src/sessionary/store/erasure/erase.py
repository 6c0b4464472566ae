"""Delete spans for good, and all that was derived from them.

An erasure is recorded before its first statement, so that the next start completes one that was
interrupted, and so does any other write of this process (store/pending_writes/complete.py).
"""

from collections.abc import Sequence

from sessionary.store.clickhouse.pool import Database
from sessionary.store.pending_writes.complete import carry_out, uninterrupted
from sessionary.store.pending_writes.deletions import (
    find_contact,
    find_detached,
    find_project,
    find_sessions,
)
from sessionary.store.pending_writes.intents import ProjectErasure
from sessionary.store.sessions.queries import find_session


def erase_sessions(database: Database, workspace_id: str, external_ids: Sequence[str]) -> bool:
    """Delete sessions, under each of their names, with all that is known of them.

    Spans that come later under the same name begin an empty session. Returns whether any existed.
    """
    with uninterrupted(database) as connection:
        existed = any(find_session(connection, workspace_id, name) for name in external_ids)
        carry_out(database, connection, find_sessions(connection, workspace_id, external_ids))
    return existed


def detach_sessions(database: Database, workspace_id: str, external_ids: Sequence[str]) -> bool:
    """Delete sessions, under each of their names, and leave their traces in none.

    Returns whether any existed.
    """
    with uninterrupted(database) as connection:
        existed = any(find_session(connection, workspace_id, name) for name in external_ids)
        carry_out(database, connection, find_detached(connection, workspace_id, external_ids))
    return existed


def erase_contact(database: Database, workspace_id: str, contact_id: str) -> int:
    """Delete all in which a contact takes part; returns how many sessions that were.

    These are the sessions and the sessionless traces of which any span names the contact, and
    the contact's record.
    """
    with uninterrupted(database) as connection:
        erasure = find_contact(connection, workspace_id, contact_id)
        carry_out(database, connection, erasure)
    return len(set(erasure.names))


def erase_expired(
    database: Database, workspace_id: str, *, before_ns: int, limit: int
) -> tuple[int, int]:
    """Delete what ended before then, at most `limit` sessions and as many traces in none.

    Returns how many of each.
    """
    scope = {"workspace_id": workspace_id, "before_ns": before_ns, "limit": limit}
    with uninterrupted(database) as connection:
        names = [row["external_id"] for row in connection.rows("erasure/expired_sessions", scope)]
        trace_ids = [row["trace_id"] for row in connection.rows("erasure/expired_traces", scope)]
        if names or trace_ids:
            carry_out(
                database, connection, find_sessions(connection, workspace_id, names, trace_ids)
            )
    return len(names), len(trace_ids)


def erase_project(
    database: Database,
    workspace_id: str,
    project_id: str,
    *,
    import_name: str = "",
    includes_record: bool = False,
) -> int:
    """Delete the spans of a project; returns how many sessions they were in.

    Traces and sessions that have other spans too are derived from those. At the end the import of
    that name is marked as removed, and the project's record is deleted with `includes_record`.
    """
    with uninterrupted(database) as connection:
        traces = find_project(connection, workspace_id, project_id)
        erasure = ProjectErasure(workspace_id, project_id, traces, import_name, includes_record)
        carry_out(database, connection, erasure)
    return len({name for _, name in traces} - {""})
