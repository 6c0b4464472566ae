"""Liveness and readiness, which wait for nothing."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from sessionary import __version__
from sessionary.api.http.json import Json, present
from sessionary.api.http.optional_field import optional_field
from sessionary.api.routing import add
from sessionary.errors import StorageError


class HealthBody(BaseModel):
    """That it is well."""

    status: str = Field(description="ok, or ready where the store was asked.", examples=["ok"])
    version: str = Field(description="The server's.", examples=["0.1.0"])
    damaged_parts: int = optional_field(
        "Files that could not be read at the start: rows are missing. `/v2/about` lists them."
    )


def router() -> APIRouter:
    """The routes; `app.state.watch` watches the store."""
    routes = APIRouter(tags=["Health"])
    add(routes, "GET", "/healthz", healthz, name="get_health", answer=HealthBody)
    add(routes, "GET", "/readyz", readyz, name="get_readiness", answer=HealthBody)
    return routes


async def healthz() -> dict[str, str]:
    """Liveness: the process answers, whatever the store does."""
    return {"status": "ok", "version": __version__}


async def readyz(request: Request) -> Json:
    """Readiness: 503 with the reason while the store does not answer or a write is stuck."""
    if failure := request.app.state.watch.failure():
        raise StorageError(failure)
    damaged = len(request.app.state.damaged_parts)
    return {"status": "ready", "version": __version__} | present(damaged_parts=damaged)
