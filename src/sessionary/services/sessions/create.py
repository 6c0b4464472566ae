"""Create a session that has no traces yet."""

from sessionary.errors import StorageError
from sessionary.model.session import Session
from sessionary.model.session_override import SessionChange
from sessionary.store.clickhouse.pool import Database
from sessionary.store.sessions.overrides import create_override
from sessionary.store.sessions.queries import get_session


def create_session(
    database: Database, workspace_id: str, external_id: str, change: SessionChange
) -> Session:
    """The created session.

    Raises:
        ConflictError: there is a session by that external id.
    """
    id = create_override(
        database, workspace_id, external_id, lambda at: at.report.after(change, at.measured)
    )
    return read_back(database, workspace_id, id)


def read_back(database: Database, workspace_id: str, id: str) -> Session:
    """The session that was just written."""
    session = get_session(database, workspace_id, id)
    if session is None:
        raise StorageError(f"session {id} was deleted while it was written")
    return session
