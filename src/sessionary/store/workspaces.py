"""Keep workspaces."""

import time
from dataclasses import astuple, fields

from sessionary.model.access import LOCAL_WORKSPACE
from sessionary.model.workspace import Workspace
from sessionary.store.database import Database

_COLUMNS = tuple(field.name for field in fields(Workspace))
_DEFAULT = Workspace(LOCAL_WORKSPACE, LOCAL_WORKSPACE, created_ns=0)


def list_workspaces(database: Database) -> list[Workspace]:
    """All workspaces, the default one first, the others by id."""
    with database.reading() as session:
        rows = session.rows("queries/list_workspaces", {"default": LOCAL_WORKSPACE})
    kept = [Workspace(**row) for row in rows]
    return kept if kept and kept[0].id == LOCAL_WORKSPACE else [_DEFAULT, *kept]


def get_workspace(database: Database, workspace_id: str) -> Workspace:
    """The workspace of whoever asks, which is therefore there."""
    return next(one for one in list_workspaces(database) if one.id == workspace_id)


def keep_workspace(database: Database, workspace: Workspace) -> None:
    """Write the record of a workspace."""
    row = (*astuple(workspace), time.time_ns())
    with database.inserting() as session:
        session.insert_rows("workspaces", (*_COLUMNS, "version"), [row])
