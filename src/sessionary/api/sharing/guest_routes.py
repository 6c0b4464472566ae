"""The session of a share link, without a key, and nothing beyond that session."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from sessionary.api.conversations.schemas import TurnsBody
from sessionary.api.http.body_types import rule
from sessionary.api.http.json import Json
from sessionary.api.http.path_convertors import HexId
from sessionary.api.network.client import address_of
from sessionary.api.reads import read, read_json
from sessionary.api.routing import add
from sessionary.api.sessions.timeline_schemas import SessionTimelineBody, session_timeline_json
from sessionary.api.sharing.schemas import (
    SharedBody,
    shared_json,
    shared_trace_json,
    shared_turn_json,
)
from sessionary.api.traces.schemas import SessionTracesBody
from sessionary.conversation.reader import session_conversation
from sessionary.errors import NotFoundError
from sessionary.model.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page
from sessionary.model.trace import Trace
from sessionary.model.turn import Turn
from sessionary.services.access.share_links import Shared, open_share_link
from sessionary.store.traces.queries import list_traces
from sessionary.store.traces.timelines import MAX_ROWS, session_timeline

_PATH = "/v2/shared/{token}"
# Search engines would keep the page longer than the link lasts.
_HEADERS = {"X-Robots-Tag": "noindex"}

Limit = Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)]
LastId = Annotated[HexId, Query(alias="lastId", description="The page after this one.")]

LastTurn = Annotated[
    HexId,
    Query(
        alias="lastId",
        description="The page after this turn.",
        json_schema_extra=rule("the id of a turn of this session"),
    ),
]


async def _open(request: Request, response: Response, token: str) -> Shared:
    """What the link shows, within its rate limit."""
    gate, address = request.app.state.gate, address_of(request)
    try:
        async with gate.wrong_tokens.looking_up(address):
            shared = await read(request, open_share_link, request.app.state.database, token)
    except NotFoundError:
        gate.wrong_tokens.count(address)
        raise
    gate.limit_share_link(shared.link.id)
    response.headers.update(_HEADERS)
    return shared


Opened = Annotated[Shared, Depends(_open)]


def router() -> APIRouter:
    """The routes; `app.state` holds `database` and `gate`."""
    routes = APIRouter(tags=["Share links"])
    for path, endpoint, answer in (
        ("", session, SharedBody),
        ("/traces", traces, SessionTracesBody),
        ("/timeline", timeline, SessionTimelineBody),
        ("/conversation", conversation, TurnsBody),
    ):
        add(
            routes,
            "GET",
            f"{_PATH}{path}",
            endpoint,
            name=f"get_shared_{endpoint.__name__}",
            answer=answer,
            errors=(400, 404),
        )
    return routes


async def session(shared: Opened) -> Json:
    """Get what a share link shows, and the figures of its session."""
    return shared_json(shared)


async def traces(
    request: Request, shared: Opened, limit: Limit = DEFAULT_PAGE_SIZE, last_id: LastId = ""
) -> Response:
    """List the traces of a shared session with their figures; spans are not shown."""
    return await read_json(
        request,
        _traces_json,
        list_traces,
        request.app.state.database,
        shared.link.workspace_id,
        shared.session.external_id,
        limit=limit,
        last_id=last_id,
    )


def _traces_json(page: Page[Trace]) -> Json:
    data = [shared_trace_json(trace) for trace in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


async def timeline(
    request: Request,
    shared: Opened,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = MAX_ROWS,
    last_id: LastId = "",
) -> Response:
    """List many traces of a shared session, with few fields each."""
    return await read_json(
        request,
        session_timeline_json,
        session_timeline,
        request.app.state.database,
        shared.link.workspace_id,
        shared.session.external_id,
        limit=limit,
        last_id=last_id,
    )


async def conversation(
    request: Request, shared: Opened, limit: Limit = DEFAULT_PAGE_SIZE, last_id: LastTurn = ""
) -> Response:
    """List the messages of a shared session, or only their types for a link without messages."""

    def listed(page: Page[Turn]) -> Json:
        with_messages = shared.link.with_messages
        data = [shared_turn_json(turn, with_messages=with_messages) for turn in page.items]
        return {"object": "list", "data": data, "has_more": page.has_more}

    return await read_json(
        request,
        listed,
        session_conversation,
        request.app.state.database,
        shared.link.workspace_id,
        shared.session.external_id,
        limit=limit,
        last_id=last_id,
    )
