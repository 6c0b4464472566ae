"""What it takes to draw a session on an axis of time, however many traces it has."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.path_convertors import HexId
from sessionary.api.reads import read_json, read_session
from sessionary.api.routing import add
from sessionary.api.sessions.timeline_schemas import SessionTimelineBody, session_timeline_json
from sessionary.store.traces.timelines import MAX_ROWS, session_timeline


def router() -> APIRouter:
    """The route; before those that take a session's name with slashes."""
    routes = APIRouter(tags=["Sessions"])
    add(
        routes,
        "GET",
        "/v2/sessions/{session_id:name}/timeline",
        timeline,
        name="get_session_timeline",
        answer=SessionTimelineBody,
        errors=(400, 404),
    )
    return routes


async def timeline(
    request: Request,
    session_id: str,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = MAX_ROWS,
    last_id: Annotated[HexId, Query(alias="lastId", description="The page after this trace.")] = "",
) -> Response:
    """List a session's traces with little of each, many at once."""
    session = await read_session(request, session_id)
    by = principal_of(request)
    return await read_json(
        request,
        session_timeline_json,
        session_timeline,
        request.app.state.database,
        by.workspace_id,
        session.external_id,
        limit=limit,
        last_id=last_id,
        project_id=by.project_id,
    )
