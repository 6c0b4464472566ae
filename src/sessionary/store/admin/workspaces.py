"""Keep workspaces."""

from dataclasses import asdict

from sessionary.model.access import LOCAL_WORKSPACE
from sessionary.model.workspace import Workspace
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.versioned_rows import write_record

_DEFAULT = Workspace(LOCAL_WORKSPACE, LOCAL_WORKSPACE, created_ns=0)


def list_workspaces(database: Database) -> list[Workspace]:
    """All workspaces, the default one first, the others by id."""
    with database.read_connection() as connection:
        rows = connection.rows("admin/list_workspaces", {"default": LOCAL_WORKSPACE})
    kept = [Workspace(**row) for row in rows]
    return kept if kept and kept[0].id == LOCAL_WORKSPACE else [_DEFAULT, *kept]


def get_workspace(database: Database, workspace_id: str) -> Workspace:
    """The workspace of the caller, which therefore exists."""
    return next(one for one in list_workspaces(database) if one.id == workspace_id)


def save_workspace(database: Database, workspace: Workspace) -> None:
    """Write the record of a workspace."""
    write_record(database, "workspaces", asdict(workspace), key=("id",))
