"""What happens to sessions, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import StreamingResponse

from sessionary.api.auth.middleware import is_still_allowed, principal_of
from sessionary.api.http.json import instant
from sessionary.api.network.client import caller_of
from sessionary.api.routing import add
from sessionary.model.event import EventKind, SessionEvent
from sessionary.services.events import Feed, SequencedEvent

_HEARTBEAT_SECONDS = 15.0
_MEDIA_TYPE = "text/event-stream"
# A proxy that collects an answer before it passes it on would hold the events back.
_HEADERS = {"X-Accel-Buffering": "no"}

EventId = Annotated[int | None, Header(alias="Last-Event-ID", ge=0)]
EventIdQuery = Annotated[
    int | None,
    Query(alias="lastEventId", ge=0, description="The same, where no header can be set."),
]


def router() -> APIRouter:
    """The route; `app.state.feed` has the events. It comes before the routes of one session."""
    routes = APIRouter(prefix="/v2/sessions", tags=["Sessions"])
    add(
        routes,
        "GET",
        "/events",
        events,
        name="follow_session_events",
        errors=(400,),
        media_types=(_MEDIA_TYPE,),
        description="session.created, session.changed, session.deleted, session.reset; no end.",
    )
    return routes


async def _limited(request: Request) -> AsyncIterator[None]:
    """Count the stream from before its response until after it."""
    with request.app.state.event_streams.hold(caller_of(request)):
        yield


async def events(
    request: Request,
    _limit: Annotated[None, Depends(_limited)],
    last_event_id: EventId = None,
    asked_id: EventIdQuery = None,
) -> StreamingResponse:
    """Follow what happens to sessions, as server-sent events.

    Created, changed and deleted sessions, from now on or from the event after an id.
    """
    resumed = last_event_id if last_event_id is not None else asked_id
    by = principal_of(request)
    published = stream(
        request.app.state.feed,
        by.workspace_id,
        resumed,
        project_id=by.project_id,
        may_listen=partial(is_still_allowed, request),
    )
    return StreamingResponse(published, media_type=_MEDIA_TYPE, headers=_HEADERS)


async def stream(
    feed: Feed,
    workspace_id: str,
    resumed: int | None = None,
    *,
    project_id: str = "",
    may_listen: Callable[[], Awaitable[bool]],
    heartbeat_seconds: float = _HEARTBEAT_SECONDS,
) -> AsyncIterator[str]:
    """The workspace's events as text, until the feed closes or the listener falls behind it.

    Only the project's where one is named. They end, too, at most a heartbeat after the listener
    `may_listen` no more.
    A subscriber that resumes from an id that is no longer stored gets `session.reset`.
    """
    time = asyncio.get_running_loop().time
    place = feed.listen()
    if resumed is not None and feed.after(resumed, workspace_id, project_id) is not None:
        place = resumed
        yield ": resumed\n\n"
    elif resumed is not None:
        yield _text(SequencedEvent(place, SessionEvent(EventKind.RESET, workspace_id)))
    else:
        yield f"id: {place}\n\n"
    heartbeat_at = checked_again_at = time() + heartbeat_seconds
    while not feed.is_closed and (news := feed.after(place, workspace_id, project_id)) is not None:
        place, events = news
        if time() >= checked_again_at:
            if not await may_listen():
                return
            checked_again_at = time() + heartbeat_seconds
        if not events and time() < heartbeat_at:
            await feed.wait(place, heartbeat_at - time())
            continue
        # With the id, so that who only ever heard heartbeats can resume, too.
        yield "".join(map(_text, events)) or f"id: {place}\n: still here\n\n"
        heartbeat_at = time() + heartbeat_seconds


def _text(numbered: SequencedEvent) -> str:
    event = numbered.event
    data = {"_id": event.session_id, "external_id": event.external_id} if event.session_id else {}
    if event.updated_ns:
        data["updated_at"] = instant(event.updated_ns)
    # JSON has no line ends, which would end the field.
    return f"id: {numbered.id}\nevent: {event.kind}\ndata: {json.dumps(data)}\n\n"
