"""Verify and rebuild, with progress where the caller reads it line by line."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from sessionary.api.access import requires
from sessionary.api.route import add
from sessionary.maintenance.progress import Progress, Report
from sessionary.maintenance.rebuild import rebuild
from sessionary.maintenance.verify import verify
from sessionary.model.access import Scope
from sessionary.store.database import Database

_LINES = "application/x-ndjson"
Work = Callable[[Database], Iterator[Progress | Report]]


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
            media_types=(_LINES,),
            description="Where lines are accepted, they tell the progress, the last the `result`.",
        )
    return routes


async def verify_all(request: Request) -> Response:
    """Recompute all from the spans; tell each difference, and the progress where lines are read."""
    return await _run(request, verify)


async def rebuild_all(request: Request) -> Response:
    """Make all traces and sessions anew from the spans; tell the progress where lines are read."""
    return await _run(request, rebuild)


async def _run(request: Request, work: Work) -> Response:
    database = request.app.state.database
    if _LINES in request.headers.get("accept", ""):
        return StreamingResponse(_lines(work(database)), media_type=_LINES)
    *_, last = await run_in_threadpool(lambda: list(work(database)))
    return JSONResponse(_result(last))


def _lines(steps: Iterator[Progress | Report]) -> Iterator[str]:
    for step in steps:
        line = asdict(step) if isinstance(step, Progress) else {"result": _result(step)}
        yield json.dumps(line) + "\n"


def _result(report: Progress | Report) -> dict[str, Any]:
    return asdict(report)
