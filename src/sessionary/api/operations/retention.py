"""Retention: after how long without activity what a workspace has is deleted."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of, workspace_of
from sessionary.api.http.body_types import IsNumber
from sessionary.api.http.json import Json
from sessionary.api.http.optional_field import optional_field
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.access import Scope
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.maintenance.retention import expired
from sessionary.store.admin.workspaces import get_workspace, save_workspace

_PATH = "/v2/retention"
_MAX_DAYS = 36_500
Days = Annotated[int, Field(ge=0, le=_MAX_DAYS), IsNumber]


class RetentionChange(BaseModel):
    """What the workspace is to say."""

    days: Days | None = Field(
        description="Days without activity; 0 keeps everything, null is what the server says."
    )


class RetentionBody(BaseModel):
    """When what had no activity is deleted: sessions, and traces in none."""

    days: int = Field(description="Delete after this many days, permanently; 0 is never.")
    workspace_days: int = optional_field("What the workspace says, if anything.", examples=[90])
    server_days: int = Field(description="What the server says (SESSIONARY_RETENTION_DAYS).")


class RetentionPreviewBody(BaseModel):
    """What a retention would delete now."""

    sessions_count: int = Field(description="Sessions without activity for so long.")
    traces_count: int = Field(description="Traces without activity for so long, in no session.")


def router() -> APIRouter:
    """The routes; `app.state` holds `database` and `retention`."""
    routes = APIRouter(tags=["Retention"])
    add(routes, "GET", _PATH, get, name="get_retention", answer=RetentionBody)
    add(
        routes,
        "PUT",
        _PATH,
        change,
        name="change_retention",
        answer=RetentionBody,
        errors=(400,),
        scope=Scope.ADMIN,
    )
    add(
        routes,
        "GET",
        f"{_PATH}/preview",
        preview,
        name="preview_retention",
        answer=RetentionPreviewBody,
        errors=(400,),
    )
    return routes


async def get(request: Request) -> Json:
    """Return after how many days without activity sessions are deleted."""
    state = request.app.state
    workspace = await read(request, get_workspace, state.database, workspace_of(request))
    said = {"server_days": state.retention.server_days}
    if workspace.retention_days is not None:
        said["workspace_days"] = workspace.retention_days
    return {"days": state.retention.days_of(workspace)} | said


async def change(request: Request, body: RetentionChange) -> Json:
    """Change the retention; what is too old then is deleted from now on, in the background."""
    state, by = request.app.state, principal_of(request)
    workspace = await read(request, get_workspace, state.database, by.workspace_id)
    changed = replace(workspace, retention_days=body.days)
    await run_in_threadpool(save_workspace, state.database, changed)
    detail = "as the server says" if body.days is None else f"{body.days} days"
    await run_in_threadpool(
        record_audit_entry, state.database, by, "retention.change", by.workspace_id, detail=detail
    )
    state.retention.wake()
    return await get(request)


async def preview(
    request: Request,
    days: Annotated[int, Query(ge=0, le=_MAX_DAYS, description="0 would delete nothing.")],
) -> Json:
    """Count what a retention would delete now."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    found = await read(request, expired, database, workspace_id, days)
    return {"sessions_count": found.sessions, "traces_count": found.traces}
