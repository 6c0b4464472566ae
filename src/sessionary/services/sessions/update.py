"""Write to a session."""

from sessionary.model.session import Session
from sessionary.model.session_override import SessionChange
from sessionary.services.sessions.create import read_back
from sessionary.store.clickhouse.pool import Database
from sessionary.store.sessions.overrides import change_override


def update_session(
    database: Database, workspace_id: str, name: str, change: SessionChange
) -> Session:
    """The updated session, by its `_id` or external id.

    Raises:
        NotFoundError: there is no such session.
        ConflictError: it is to be renamed to what another session is called.
    """
    id = change_override(
        database, workspace_id, name, lambda at: at.report.after(change, at.measured)
    )
    return read_back(database, workspace_id, id)
