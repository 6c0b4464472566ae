"""Totals of sessions: of a time, of its parts, and of the time before."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from sessionary.api.access import principal_of, requires
from sessionary.api.error_schema import documented
from sessionary.api.reading import read
from sessionary.api.sessions_body import SessionsQuery, selected
from sessionary.api.totals_shapes import SessionTotalsBody, totals_json
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.access import Scope
from sessionary.model.instant import parse_instant
from sessionary.store.session_totals import session_totals

MOST_BUCKETS = 200


def _instant(text: str) -> str:
    if text and parse_instant(text) is None:
        message = f"{text[:200]!r} is not a time like 2026-01-31T12:00:00Z"
        raise PydanticCustomError("instant", "{message}", {"message": message})
    return text


Instant = Annotated[str, AfterValidator(_instant)]


class SessionTotalsQuery(SessionsQuery):
    """The body of a query of sessions, of which the page is ignored, and a time."""

    start: Instant = Field(
        default="",
        alias="from",
        description="The first start of a session to count, RFC 3339; all time by default.",
    )
    to: Instant = Field(
        default="", description="What all starts are before, RFC 3339; now by default."
    )
    buckets: int = Field(
        default=30, ge=1, le=MOST_BUCKETS, description="In how many equal parts to tell the time."
    )

    def window(self, now_ns: int) -> tuple[int | None, int]:
        """From and to; no start is all time.

        Raises:
            InvalidRequestError: nothing lies between them.
        """
        from_ns = parse_instant(self.start) if self.start else None
        to_ns = (parse_instant(self.to) if self.to else None) or now_ns
        if from_ns is not None and from_ns >= to_ns:
            message = f"from, {self.start!r}, is not before to, {self.to or 'now'!r}"
            raise InvalidRequestError(message, (Fault("from", message),))
        return from_ns, to_ns


def router() -> APIRouter:
    """The route; `app.state.database` is the store."""
    routes = APIRouter(tags=["Sessions"])
    routes.add_api_route(
        "/v2/sessions/totals",
        totals,
        methods=["POST"],
        name="get_session_totals",
        summary="Add up the sessions that began in a time.",
        response_model=None,
        responses=documented(400, body=SessionTotalsBody),
        # Else a POST would need the scope to write.
        dependencies=[requires(Scope.READ)],
    )
    return routes


async def totals(request: Request, body: SessionTotalsQuery | None = None) -> dict[str, Any]:
    """Add up the sessions that the same body would list and that began from `from` to `to`."""
    body = body or SessionTotalsQuery()
    database, by = request.app.state.database, principal_of(request)
    from_ns, to_ns = body.window(time.time_ns())
    found = await read(
        request,
        session_totals,
        database,
        by.workspace_id,
        selected(by, body),
        from_ns=from_ns,
        to_ns=to_ns,
        buckets=body.buckets,
    )
    return totals_json(found)
