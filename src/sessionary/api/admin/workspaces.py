"""Workspaces: the tenants, for the admins of the default one."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from sessionary.api.admin.schemas import WorkspaceBody, WorkspacesBody
from sessionary.api.auth.middleware import principal_of, requires
from sessionary.api.http.json import Json, instant, present
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.access import Scope
from sessionary.model.workspace import Workspace
from sessionary.services.access.workspaces import create_workspace
from sessionary.store.admin.workspaces import list_workspaces

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$")]


class WorkspaceCreation(BaseModel):
    """What a new workspace is to be."""

    id: Id = Field(description="Letters, digits and _ . -, starting with a letter or digit.")
    name: str = Field(default="", max_length=200, description="Its id, where it has no other.")


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    admin = requires(Scope.ADMIN, is_about_all=True)
    routes = APIRouter(prefix="/v2/workspaces", tags=["Workspaces"], dependencies=[admin])
    add(
        routes,
        "GET",
        "",
        list_all,
        name="list_workspaces",
        answer=WorkspacesBody,
        summary="List the workspaces",
    )
    add(
        routes,
        "POST",
        "",
        create,
        name="create_workspace",
        answer=WorkspaceBody,
        status=201,
        errors=(400, 409),
        summary="Make a workspace",
    )
    return routes


async def list_all(request: Request) -> dict[str, Any]:
    """The default one first."""
    database = request.app.state.database
    found = await read(request, list_workspaces, database)
    return {"object": "list", "data": [_workspace_json(one) for one in found], "has_more": False}


async def create(request: Request, body: WorkspaceCreation) -> dict[str, Any]:
    """It is empty; its first key is made with `workspace_id`, as an admin of the default one."""
    workspace = await run_in_threadpool(
        create_workspace,
        request.app.state.database,
        principal_of(request),
        id=body.id,
        name=body.name,
    )
    return _workspace_json(workspace)


def _workspace_json(workspace: Workspace) -> Json:
    return {
        "object": "workspace",
        "id": workspace.id,
        "name": workspace.name,
    } | present(created_at=workspace.created_ns and instant(workspace.created_ns))
