"""What the server has done."""

from typing import Any

from fastapi import APIRouter, Request

from sessionary.api.access import requires
from sessionary.api.error_schema import documented
from sessionary.model.access import Scope


def router() -> APIRouter:
    """The route."""
    routes = APIRouter(tags=["Health"])
    routes.add_api_route(
        "/v2/stats",
        stats,
        methods=["GET"],
        summary="Spans stored since the start, and the seconds by step.",
        dependencies=[requires(Scope.ADMIN, is_about_all=True)],
        responses=documented(),
    )
    return routes


async def stats(request: Request) -> dict[str, Any]:
    """For benchmarks and for whoever wonders where the time goes."""
    times = request.app.state.ingest.times
    return {
        "spans": times.spans,
        "flushes": times.flushes,
        "seconds": dict(times.seconds),
        "is_search_caught_up": request.app.state.keeper.is_caught_up,
    }
