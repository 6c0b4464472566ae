"""Events for the sessions that a write created, changed and deleted."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sessionary.model.event import EventKind, SessionEvent
from sessionary.store.clickhouse.pool import Connection

_Found = dict[str, Mapping[str, Any]]


@contextmanager
def publish_changes(connection: Connection, workspace_id: str) -> Iterator[None]:
    """Record events for changes of `touched_sessions` in the block, if there are subscribers."""
    if not connection.has_subscribers():
        yield
        if connection.has_subscribers():
            # Who began to listen meanwhile may have read what was there before.
            publish_reset(connection, [workspace_id])
        return
    before = _touched(connection, workspace_id)
    yield
    after = _touched(connection, workspace_id)
    gone = [before[key] for key in before.keys() - after.keys()]
    connection.record([_event(EventKind.DELETED, workspace_id, row) for row in gone])
    connection.record([_event(_kind(key, before), workspace_id, row) for key, row in after.items()])


def publish_reset(connection: Connection, workspace_ids: Collection[str]) -> None:
    """Record that any session of the workspaces may have changed."""
    connection.record(
        [SessionEvent(EventKind.RESET, workspace_id) for workspace_id in workspace_ids]
    )


def _touched(connection: Connection, workspace_id: str) -> _Found:
    rows = connection.rows("rollup/touched_sessions", {"workspace_id": workspace_id})
    return {row["session_key"]: row for row in rows}


def _kind(key: str, before: _Found) -> EventKind:
    return EventKind.CHANGED if key in before else EventKind.CREATED


def _event(kind: EventKind, workspace_id: str, row: Mapping[str, Any]) -> SessionEvent:
    updated_ns = 0 if kind is EventKind.DELETED else row["version"]
    return SessionEvent(
        kind, workspace_id, row["session_key"], row["external_id"], updated_ns, row["project_id"]
    )
