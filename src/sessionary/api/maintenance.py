"""Verify and rebuild, with progress where the caller reads it line by line."""

from dataclasses import asdict

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sessionary.api import long_work
from sessionary.api.access import requires
from sessionary.maintenance.rebuild import rebuild
from sessionary.maintenance.verify import verify
from sessionary.model.access import Scope


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    admin = requires(Scope.ADMIN, is_about_all=True)
    routes = APIRouter(prefix="/v2/sessions", tags=["Maintenance"], dependencies=[admin])

    @routes.post("/verify", summary="Recompute all from the spans; tell each difference.")
    async def verify_all(request: Request) -> Response:
        """Answer `{differences, traces, sessions}`; NDJSON with progress where accepted."""
        return await long_work.run(request, verify(request.app.state.database), asdict)

    @routes.post("/rebuild", summary="Make all traces and sessions anew from the spans.")
    async def rebuild_all(request: Request) -> Response:
        """Answer `{traces, sessions}`; NDJSON with progress where accepted."""
        return await long_work.run(request, rebuild(request.app.state.database), asdict)

    return routes
