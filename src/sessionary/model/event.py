"""Events of sessions, as subscribers receive them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class EventKind(StrEnum):
    """What happened; a reset says that anything may have."""

    CREATED = "session.created"
    CHANGED = "session.changed"
    DELETED = "session.deleted"
    RESET = "session.reset"


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """One change of one session; a reset is of all sessions of the workspace and names none.

    `updated_ns` is 0 where no session is left. The project is that before a deletion.
    """

    kind: EventKind
    workspace_id: str
    session_id: str = ""
    external_id: str = ""
    updated_ns: int = 0
    project_id: str = ""


def coalesce(events: Iterable[SessionEvent]) -> list[SessionEvent]:
    """One event a session, in order of the last: what its events come to for who saw none."""
    last: dict[tuple[str, str], SessionEvent] = {}
    for event in events:
        earlier = last.pop((event.workspace_id, event.session_id), event)
        kind = _TOGETHER.get((earlier.kind, event.kind), event.kind)
        last[event.workspace_id, event.session_id] = replace(event, kind=kind)
    return list(last.values())


_TOGETHER = {
    (EventKind.CREATED, EventKind.CHANGED): EventKind.CREATED,
    (EventKind.DELETED, EventKind.CREATED): EventKind.CHANGED,
}
