"""Is it alive, is it ready: whoever asks is told."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from sessionary import __version__
from sessionary.api.reading import read
from sessionary.api.route import add
from sessionary.store.health import ping


class HealthBody(BaseModel):
    """That it is well."""

    status: str = Field(description="ok, or ready where the store was asked.", examples=["ok"])
    version: str = Field(description="The server's.", examples=["0.1.0"])


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(tags=["Health"])
    add(routes, "GET", "/healthz", healthz, name="get_health", answer=HealthBody)
    add(routes, "GET", "/readyz", readyz, name="get_readiness", answer=HealthBody)
    return routes


async def healthz() -> dict[str, str]:
    """The process answers: without asking the store."""
    return {"status": "ok", "version": __version__}


async def readyz(request: Request) -> dict[str, str]:
    """The store answers too: 503 while it does not."""
    await read(request, ping, request.app.state.database)
    return {"status": "ready", "version": __version__}
