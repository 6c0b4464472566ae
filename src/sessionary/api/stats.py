"""What the server has done."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from sessionary.api.access import requires
from sessionary.api.route import add
from sessionary.model.access import Scope


class StatsBody(BaseModel):
    """What the process has done since it started."""

    spans: int = Field(description="Spans stored.", examples=[120_000])
    flushes: int = Field(description="Batches that they were stored in.", examples=[60])
    seconds: dict[str, float] = Field(description="Spent, by step.", examples=[{"insert": 1.5}])
    is_search_caught_up: bool = Field(
        description="Whether a search of messages finds all spans by its index."
    )


def router() -> APIRouter:
    """The route."""
    routes = APIRouter(tags=["Health"], dependencies=[requires(Scope.ADMIN, is_about_all=True)])
    add(
        routes,
        "GET",
        "/v2/stats",
        stats,
        name="get_stats",
        answer=StatsBody,
        summary="Spans stored since the start, and the seconds by step.",
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
