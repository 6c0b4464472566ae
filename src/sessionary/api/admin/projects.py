"""Projects: those that spans name, and what people said of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from sessionary.api.admin.schemas import ProjectBody, ProjectsBody
from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.json import Json, instant, present
from sessionary.api.http.removal import removal_headers
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.project import Project
from sessionary.services.access.projects import (
    create_project,
    delete_project,
    list_projects,
    rename_project,
)

_ONE = "/{project_id:name}"
Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=512)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ProjectCreation(BaseModel):
    """What a new project is to be."""

    id: Id = Field(description="As spans name it.")
    name: Name | None = Field(default=None, description="Its id, where it has no other.")


class ProjectChange(BaseModel):
    """What is to change of a project."""

    name: Name


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(prefix="/v2/projects", tags=["Projects"])
    for name, method, path, endpoint, answer, errors, summary in (
        ("list_projects", "GET", "", list_all, ProjectsBody, (), "List the projects"),
        ("create_project", "POST", "", create, ProjectBody, (400, 409), "Make a project"),
        ("rename_project", "PATCH", _ONE, rename, ProjectBody, (400, 404), "Rename a project"),
        ("delete_project", "DELETE", _ONE, delete, None, (400, 404), "Delete a project"),
    ):
        add(
            routes,
            method,
            path,
            endpoint,
            name=name,
            answer=answer,
            status=201 if endpoint is create else None,
            errors=errors,
            summary=summary,
        )
    return routes


async def list_all(request: Request) -> dict[str, Any]:
    """Also those that have no record, but that traces or sessions name."""
    database = request.app.state.database
    found = await read(request, list_projects, database, principal_of(request))
    return {"object": "list", "data": [_project_json(one) for one in found], "has_more": False}


async def create(request: Request, body: ProjectCreation) -> dict[str, Any]:
    """One that spans name already gets a record and keeps its figures."""
    project = await run_in_threadpool(
        create_project,
        request.app.state.database,
        principal_of(request),
        id=body.id,
        name=body.name or body.id,
    )
    return _project_json(project)


async def rename(request: Request, project_id: str, body: ProjectChange) -> dict[str, Any]:
    """Its id stays, since its spans have it."""
    project = await run_in_threadpool(
        rename_project, request.app.state.database, principal_of(request), project_id, body.name
    )
    return _project_json(project)


async def delete(
    request: Request,
    project_id: str,
    erase: Annotated[bool, Query(description="Erase its spans too, for good.")] = False,
) -> Response:
    """Take its record away; unless its spans are erased, it is still listed by its id."""
    await run_in_threadpool(
        delete_project,
        request.app.state.database,
        principal_of(request),
        project_id,
        and_erase=erase,
    )
    return Response(status_code=204, headers=removal_headers(request))


def _project_json(project: Project) -> Json:
    return {
        "object": "project",
        "id": project.id,
        "name": project.name,
        "sessions_count": project.sessions_count,
        "traces_count": project.traces_count,
        "conflicts_count": project.conflicts_count,
    } | present(created_at=project.created_ns and instant(project.created_ns))
