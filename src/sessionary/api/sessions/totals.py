"""Totals of sessions: of a time, of its parts, and of the time before."""

import time
from typing import Any

from fastapi import APIRouter, Request
from pydantic import Field

from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.body_types import Whole
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.api.sessions.requests import selected
from sessionary.api.sessions.time_window import SessionsInTime
from sessionary.api.sessions.totals_schemas import SessionTotalsBody, totals_json
from sessionary.model.access import Scope
from sessionary.store.sessions.totals import session_totals

MAX_BUCKETS = 200


class SessionTotalsQuery(SessionsInTime):
    """Which sessions to add up, and in how many parts."""

    buckets: Whole = Field(
        default=30, ge=1, le=MAX_BUCKETS, description="Number of equal parts of the period."
    )


def router() -> APIRouter:
    """The route; `app.state.database` is the store."""
    routes = APIRouter(tags=["Sessions"])
    add(
        routes,
        "POST",
        "/v2/sessions/totals",
        totals,
        name="add_up_sessions",
        answer=SessionTotalsBody,
        errors=(400,),
        scope=Scope.READ,
    )
    return routes


async def totals(request: Request, body: SessionTotalsQuery | None = None) -> dict[str, Any]:
    """Add up the sessions of a filter and a time: whole, by part of it, and of the time before."""
    body = body or SessionTotalsQuery()
    database, by = request.app.state.database, principal_of(request)
    found = await read(
        request,
        session_totals,
        database,
        by.workspace_id,
        selected(by, body),
        body.window(time.time_ns()),
        buckets=body.buckets,
    )
    return totals_json(found)
