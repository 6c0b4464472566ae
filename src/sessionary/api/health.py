"""Is it alive, is it ready: whoever asks is told."""

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

    return routes
