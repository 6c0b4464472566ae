"""What share links show, without a key: one session each, and nothing that leads on from it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from sessionary.access.share_links import Shared, open_share_link
from sessionary.api.error_schema import documented
from sessionary.api.reading import read
from sessionary.api.shapes import Json
from sessionary.api.shared_shapes import (
    SharedBody,
    SharedPageBody,
    shared_json,
    shared_trace_json,
    shared_turn_json,
)
from sessionary.conversation.read import session_conversation
from sessionary.model.page import MOST, USUAL
from sessionary.store.traces import list_traces

_PATH = "/v2/shared/{token}"
# Neither a cache nor a search engine outlives the link.
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}

Limit = Annotated[int, Query(ge=1, le=MOST)]
LastId = Annotated[str, Query(alias="lastId", description="The page after this one.")]


async def _open(request: Request, response: Response, token: str) -> Shared:
    """What the link shows, if it does not ask too often."""
    shared = await run_in_threadpool(open_share_link, request.app.state.database, token)
    request.app.state.gate.let_guest(shared.link.id)
    response.headers.update(_HEADERS)
    return shared


Opened = Annotated[Shared, Depends(_open)]


def router() -> APIRouter:
    """The routes; `app.state` holds `database` and `gate`."""
    routes = APIRouter(tags=["Share links"])
    for path, endpoint, body, summary in (
        ("", session, SharedBody, "The session of a share link"),
        ("/traces", traces, SharedPageBody, "Its traces, in order of start"),
        ("/conversation", conversation, SharedPageBody, "Its turns, in order"),
    ):
        routes.add_api_route(
            f"{_PATH}{path}",
            endpoint,
            methods=["GET"],
            name=f"shared_{endpoint.__name__}",
            summary=summary,
            response_model=None,
            responses=documented(400, 404, body=body),
        )
    return routes


async def session(shared: Opened) -> Json:
    """With all its figures."""
    return shared_json(shared)


async def traces(
    request: Request, shared: Opened, limit: Limit = USUAL, last_id: LastId = ""
) -> Json:
    """With their figures; spans are not shown."""
    page = await read(
        request,
        list_traces,
        request.app.state.database,
        shared.link.workspace_id,
        shared.session.external_id,
        limit=limit,
        last_id=last_id,
    )
    data = [shared_trace_json(trace) for trace in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


async def conversation(
    request: Request, shared: Opened, limit: Limit = USUAL, last_id: LastId = ""
) -> Json:
    """Where the link has no messages, each part is its `type`, and a tool its `name`."""
    page = await read(
        request,
        session_conversation,
        request.app.state.database,
        shared.link.workspace_id,
        shared.session.external_id,
        limit=limit,
        last_id=last_id,
    )
    with_messages = shared.link.with_messages
    data = [shared_turn_json(turn, with_messages=with_messages) for turn in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}
