"""Projects: those that spans name, and what people said of them."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from sessionary.access.projects import (
    create_project,
    delete_project,
    list_projects,
    rename_project,
)
from sessionary.api.access import principal_of
from sessionary.api.error_schema import documented
from sessionary.api.shapes import Json, instant, present
from sessionary.model.project import Project

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
    errors = documented(400, 404, 409)
    routes = APIRouter(prefix="/v2/projects", tags=["Projects"], responses=errors)
    for path, endpoint, method, status, summary in (
        ("", list_all, "GET", 200, "List the projects"),
        ("", create, "POST", 201, "Make a project"),
        ("/{project_id:path}", rename, "PATCH", 200, "Rename a project"),
        ("/{project_id:path}", delete, "DELETE", 204, "Delete a project"),
    ):
        routes.add_api_route(
            path,
            endpoint,
            methods=[method],
            status_code=status,
            summary=summary,
            name=f"{endpoint.__name__}_project",
        )
    return routes


async def list_all(request: Request) -> dict[str, Any]:
    """Also those that have no record, but that traces or sessions name."""
    database = request.app.state.database
    found = await run_in_threadpool(list_projects, database, principal_of(request))
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
    return Response(status_code=204)


def _project_json(project: Project) -> Json:
    return {
        "object": "project",
        "id": project.id,
        "name": project.name,
        "sessions_count": project.sessions_count,
        "traces_count": project.traces_count,
    } | present(created_at=project.created_ns and instant(project.created_ns))
