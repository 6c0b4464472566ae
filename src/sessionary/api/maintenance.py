"""Verify and rebuild, with progress where the caller reads it line by line."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from sessionary.api.access import requires
from sessionary.maintenance.progress import Progress, Report
from sessionary.maintenance.rebuild import rebuild
from sessionary.maintenance.verify import verify
from sessionary.model.access import Scope
from sessionary.store.database import Database

_LINES = "application/x-ndjson"
Work = Callable[[Database], Iterator[Progress | Report]]


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    admin = requires(Scope.ADMIN, is_about_all=True)
    routes = APIRouter(prefix="/v2/sessions", tags=["Maintenance"], dependencies=[admin])

    @routes.post("/verify", summary="Recompute all from the spans; tell each difference.")
    async def verify_all(request: Request) -> Response:
        """Answer `{differences, traces, sessions}`; NDJSON with progress where accepted."""
        return await _run(request, verify)

    @routes.post("/rebuild", summary="Make all traces and sessions anew from the spans.")
    async def rebuild_all(request: Request) -> Response:
        """Answer `{traces, sessions}`; NDJSON with progress where accepted."""
        return await _run(request, rebuild)

    return routes


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
