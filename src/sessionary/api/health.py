"""Is it alive, is it ready, and what has it done."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from sessionary import __version__
from sessionary.store.health import ping


def router() -> APIRouter:
    """The routes."""
    routes = APIRouter(tags=["Health"])

    @routes.get("/healthz", summary="The process answers.")
    async def healthz() -> dict[str, str]:
        """Answer without asking the store."""
        return {"status": "ok", "version": __version__}

    @routes.get("/readyz", summary="The store answers too.")
    async def readyz(request: Request) -> dict[str, str]:
        """Answer 503 while the store does not."""
        await run_in_threadpool(ping, request.app.state.database)
        return {"status": "ready", "version": __version__}

    @routes.get("/v2/stats", summary="Spans stored since the start, and the seconds by step.")
    async def stats(request: Request) -> dict[str, Any]:
        """For benchmarks and for whoever wonders where the time goes."""
        times = request.app.state.ingest.times
        return {"spans": times.spans, "flushes": times.flushes, "seconds": dict(times.seconds)}

    return routes
