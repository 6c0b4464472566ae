"""What was said: the turns of a session, and the items of one trace's call."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sessionary.api.auth.middleware import workspace_of
from sessionary.api.conversations.schemas import TraceConversationBody, TurnsBody
from sessionary.api.conversations.serialize import items_json, turn_json
from sessionary.api.http.body_types import rule
from sessionary.api.http.path_convertors import HexId
from sessionary.api.reads import read_json, read_session
from sessionary.api.routing import add
from sessionary.api.visibility import require_trace, require_whole
from sessionary.conversation.reader import (
    TraceConversation,
    session_conversation,
    trace_conversation,
)
from sessionary.model.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page
from sessionary.model.turn import Turn


def router() -> APIRouter:
    """The routes; before those that take a session's name with slashes."""
    routes = APIRouter(tags=["Conversation"])
    add(
        routes,
        "GET",
        "/v2/sessions/{session_id:name}/conversation",
        of_session,
        name="get_session_conversation",
        answer=TurnsBody,
        errors=(400, 404),
    )
    add(
        routes,
        "GET",
        "/v3/traces/{trace_id}/conversation",
        of_trace,
        name="get_trace_conversation",
        answer=TraceConversationBody,
        errors=(400, 404),
    )
    return routes


async def of_session(
    request: Request,
    session_id: str,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)] = DEFAULT_PAGE_SIZE,
    last_id: Annotated[
        HexId,
        Query(
            alias="lastId",
            description="The page after this turn.",
            json_schema_extra=rule("the id of a turn of this session"),
        ),
    ] = "",
) -> Response:
    """List the messages of a session: each once, in order."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    session = await read_session(request, session_id)
    await require_whole(request, session)
    return await read_json(
        request,
        _turns_json,
        session_conversation,
        database,
        workspace_id,
        session.external_id,
        limit=limit,
        last_id=last_id,
    )


def _turns_json(page: Page[Turn]) -> dict[str, Any]:
    data = [turn_json(turn) for turn in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


async def of_trace(
    request: Request,
    trace_id: HexId,
    span_id: Annotated[HexId, Query(description="This span instead of the last model call.")] = "",
) -> Response:
    """Get all that a model call of a trace saw and answered."""
    await require_trace(request, trace_id)
    database, workspace_id = request.app.state.database, workspace_of(request)
    work = partial(trace_conversation, database, workspace_id, trace_id, span_id=span_id)
    return await read_json(request, _said_json, work)


def _said_json(found: TraceConversation) -> dict[str, Any]:
    return {
        "trace_id": found.trace_id,
        "span_id": found.span_id,
        "items": items_json(found.said),
    }
