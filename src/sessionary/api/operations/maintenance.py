"""Verify and rebuild, with progress where the caller reads it line by line."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of, requires
from sessionary.api.http import ndjson as long_work
from sessionary.api.routing import add
from sessionary.model.access import Scope
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.maintenance.rebuild import rebuild
from sessionary.services.maintenance.verify import verify


class DifferenceBody(BaseModel):
    """A stored figure that is not what the spans give."""

    kind: str = Field(description="trace or session.", examples=["session"])
    id: str
    field: str = Field(examples=["total_cost"])
    stored: str | None = Field(description="As text; null where the row is missing.")
    derived: str | None = Field(description="As text; null where there should be no row.")


class RecomputedBody(BaseModel):
    """What was recomputed."""

    traces: int = Field(description="Traces of the whole store.", examples=[40])
    sessions: int = Field(description="Sessions of the whole store.", examples=[12])
    differences: list[DifferenceBody] = Field(description="What was not as the spans give it.")


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    admin = requires(Scope.ADMIN, is_about_all=True)
    routes = APIRouter(prefix="/v2/sessions", tags=["Maintenance"], dependencies=[admin])
    for name, path, endpoint in (
        ("verify_sessions", "/verify", verify_all),
        ("rebuild_sessions", "/rebuild", rebuild_all),
    ):
        add(
            routes,
            "POST",
            path,
            endpoint,
            name=name,
            answer=RecomputedBody,
            media_types=(long_work.LINES,),
            description="With NDJSON, each line is a step's progress; the last has the `result`, "
            "or the `message` of an error.",
        )
    return routes


async def verify_all(request: Request) -> Response:
    """Recompute all from the spans and report each difference, with progress as JSON lines."""
    return await long_work.run(request, verify(request.app.state.database), asdict)


async def rebuild_all(request: Request) -> Response:
    """Rebuild all traces and sessions from spans. Continues if the client disconnects."""
    database, by = request.app.state.database, principal_of(request)
    await run_in_threadpool(record_audit_entry, database, by, "sessions.rebuild", "all workspaces")
    # Cut off with its client, it would leave traces and sessions missing.
    steps = request.app.state.lasting.begin(rebuild(database))
    return await long_work.run(request, steps, asdict)
