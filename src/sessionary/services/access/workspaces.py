"""The tenants, which the admins of the default workspace look after."""

import time

from sessionary.errors import ConflictError, ForbiddenError, NotFoundError
from sessionary.model.access import LOCAL_WORKSPACE, Principal
from sessionary.model.workspace import Workspace
from sessionary.services.access.audit import record_audit_entry
from sessionary.store.admin.workspaces import list_workspaces, save_workspace
from sessionary.store.clickhouse.pool import Database


def create_workspace(database: Database, by: Principal, *, id: str, name: str) -> Workspace:
    """Make a workspace, which is empty and has no key yet.

    Raises:
        ConflictError: there is one by that id.
    """
    if _has(database, id):
        raise ConflictError(f"there is a workspace {id!r} already")
    workspace = Workspace(id, name or id, time.time_ns())
    save_workspace(database, workspace)
    record_audit_entry(database, by, "workspace.create", id)
    return workspace


def require_default_workspace(by: Principal) -> None:
    """Allow only the default workspace to manage the others.

    Raises:
        ForbiddenError: the key is of another workspace.
    """
    if by.workspace_id != LOCAL_WORKSPACE:
        raise ForbiddenError(
            f"this concerns all workspaces: only keys of {LOCAL_WORKSPACE!r} may do it"
        )


def require_workspace(database: Database, workspace_id: str) -> None:
    """Make sure that there is such a workspace.

    Raises:
        NotFoundError: there is none.
    """
    if not _has(database, workspace_id):
        raise NotFoundError(f"there is no workspace {workspace_id!r}: create it first")


def _has(database: Database, workspace_id: str) -> bool:
    return any(workspace.id == workspace_id for workspace in list_workspaces(database))
