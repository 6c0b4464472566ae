"""Keep workspaces."""

import time

from sessionary.model.workspace import Workspace
from sessionary.store.database import Database


def list_workspaces(database: Database) -> list[Workspace]:
    """The workspaces that were created, by id."""
    with database.reading() as session:
        return [Workspace(**row) for row in session.rows("queries/list_workspaces")]


def keep_workspace(database: Database, workspace: Workspace) -> None:
    """Write the record of a workspace."""
    row = (workspace.id, workspace.name, workspace.created_ns, time.time_ns())
    with database.inserting() as session:
        session.insert_rows("workspaces", ("id", "name", "created_ns", "version"), [row])
