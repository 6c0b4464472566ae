"""Delete a session for good."""

from sessionary.errors import NotFoundError
from sessionary.store.clickhouse.pool import Database
from sessionary.store.erasure.erase import detach_sessions, erase_sessions
from sessionary.store.pending_writes.complete import complete_earlier
from sessionary.store.pending_writes.intents import Detachment, Erasure
from sessionary.store.sessions.queries import get_session


def delete_session(
    database: Database, workspace_id: str, name: str, *, keep_traces: bool = False
) -> bool:
    """Delete the session by its `_id` or external id, with its traces and their spans.

    With `keep_traces` these stay and are in no session. Spans that arrive later under the same
    external id start an empty session again. Returns False if another call deleted it meanwhile.

    Raises:
        NotFoundError: there is no such session.
    """
    session = get_session(database, workspace_id, name)
    if session is None:
        raise NotFoundError(f"there is no session {name!r}")
    erase = detach_sessions if keep_traces else erase_sessions
    return erase(database, workspace_id, [session.external_id])


def complete_deletion(database: Database, workspace_id: str, name: str) -> bool:
    """Complete interrupted deletions; returns whether one of them deleted the session."""
    return any(
        isinstance(write, Erasure | Detachment)
        and write.workspace_id == workspace_id
        and (name in write.names or name in write.session_ids)
        for write in complete_earlier(database)
    )
