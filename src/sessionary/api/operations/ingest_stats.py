"""What the server has done."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from sessionary.api.auth.middleware import requires
from sessionary.api.http.json import instant, present
from sessionary.api.http.optional_field import optional_field
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.model.access import Scope


class StatsBody(BaseModel):
    """What the process has done since it started."""

    spans: int = Field(description="Spans stored.", examples=[120_000])
    flushes: int = Field(description="Batches that they were stored in.", examples=[60])
    seconds: dict[str, float] = Field(description="Spent, by step.", examples=[{"insert": 1.5}])
    is_search_caught_up: bool = Field(
        description="Whether a search of messages finds all spans by its index."
    )
    erasures_pending_since: datetime = optional_field(
        "When the oldest deletion was made whose data is still on disk; absent if none is."
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
    """Timings of ingest, for benchmarks and diagnosis."""
    state = request.app.state
    times = state.ingest.times
    pending_ns = await read(request, state.scrubber.pending_since_ns)
    return {
        "spans": times.spans,
        "flushes": times.flushes,
        "seconds": dict(times.seconds),
        "is_search_caught_up": state.indexer.is_caught_up,
    } | present(erasures_pending_since=pending_ns and instant(pending_ns))
