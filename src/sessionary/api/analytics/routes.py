"""Where the money and the time go: figures over time and by group."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import Field, StringConstraints, WithJsonSchema

from sessionary.api.analytics.schemas import AnalyticsBody, analytics_json
from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.body_types import Whole, rule
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.api.sessions.requests import selected
from sessionary.api.sessions.time_window import SessionsInTime
from sessionary.model.access import Scope
from sessionary.model.interval import INTERVALS
from sessionary.services.analytics import (
    AUTO,
    MAX_BUCKETS,
    MAX_FIGURES,
    MAX_GROUPS,
    MAX_METRICS,
    NONE,
    AskedAnalytics,
    ask,
)
from sessionary.store.analytics.metrics import METRICS, SPLITS

Name = Annotated[str, StringConstraints(max_length=100)]


def _name_of(*names: str) -> WithJsonSchema:
    return WithJsonSchema({"enum": list(names)})


Metric = Annotated[Name, _name_of(*METRICS)]


class AnalyticsQuery(SessionsInTime):
    """Which sessions, which time of theirs, which figures and how they are split."""

    metrics: list[Metric] = Field(
        default=["cost"],
        min_length=1,
        max_length=MAX_METRICS,
        description=f"Metrics to return, in this order: {', '.join(METRICS)}.",
    )
    interval: Annotated[Name, _name_of(AUTO, NONE, *INTERVALS)] = Field(
        default=AUTO,
        description=f"How long a bucket is, in UTC: {', '.join((AUTO, NONE, *INTERVALS))}.",
        json_schema_extra=rule(f"at most {MAX_BUCKETS:,} buckets"),
    )
    split_by: Annotated[Name, _name_of("", *SPLITS)] = Field(
        default="", description=f"One of {', '.join(SPLITS)}; or nothing."
    )
    order_by: Annotated[Name, _name_of("", *METRICS)] = Field(
        default="",
        description="The metric by which the largest groups are chosen; the first by default.",
    )
    limit: Whole = Field(
        default=10,
        ge=1,
        le=MAX_GROUPS,
        description="Groups to list separately.",
        json_schema_extra=rule(f"at most {MAX_FIGURES:,} figures"),
    )


def router() -> APIRouter:
    """The route; `app.state.database` is the store."""
    routes = APIRouter(tags=["Analytics"])
    add(
        routes,
        "POST",
        "/v2/analytics/query",
        query,
        name="query_analytics",
        answer=AnalyticsBody,
        errors=(400,),
        scope=Scope.READ,
    )
    return routes


async def query(request: Request, body: AnalyticsQuery | None = None) -> dict[str, Any]:
    """Add up the sessions that the same body would list, by the traces of theirs in the time."""
    body = body or AnalyticsQuery()
    database, by = request.app.state.database, principal_of(request)
    asked = AskedAnalytics(
        body.window(time.time_ns()),
        metrics=body.metrics,
        interval=body.interval,
        split_by=body.split_by,
        order_by=body.order_by,
        limit=body.limit,
        where=selected(by, body),
    )
    return analytics_json(await read(request, ask, database, by.workspace_id, asked))
