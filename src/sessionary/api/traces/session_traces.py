"""The routes that list the traces of a session, and those without one."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.path_convertors import HexId
from sessionary.api.reads import read_json, read_session
from sessionary.api.routing import add
from sessionary.api.traces.schemas import SessionTracesBody
from sessionary.api.traces.serialize import trace_json
from sessionary.model.pagination import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Page
from sessionary.model.trace import Trace
from sessionary.store.traces.queries import list_traces

LastTrace = Annotated[HexId, Query(alias="lastId", description="The page after this trace.")]


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(tags=["Sessions"])
    for path, endpoint, name, errors in (
        ("/v2/sessions/{session_id:name}/traces", traces, "list_session_traces", (400, 404)),
        ("/v2/traces/sessionless", sessionless, "list_sessionless_traces", (400,)),
    ):
        add(routes, "GET", path, endpoint, name=name, answer=SessionTracesBody, errors=errors)
    return routes


async def traces(
    request: Request,
    session_id: str,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)] = DEFAULT_PAGE_SIZE,
    last_id: LastTrace = "",
) -> Response:
    """List the traces of a session, in order of start."""
    session = await read_session(request, session_id)
    return await _traces(request, session.external_id, limit, last_id)


async def sessionless(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)] = DEFAULT_PAGE_SIZE,
    last_id: LastTrace = "",
) -> Response:
    """List the traces that name no session, in order of start."""
    return await _traces(request, "", limit, last_id)


async def _traces(request: Request, session: str, limit: int, last_id: str) -> Response:
    database, by = request.app.state.database, principal_of(request)
    return await read_json(
        request,
        _traces_json,
        list_traces,
        database,
        by.workspace_id,
        session,
        limit=limit,
        last_id=last_id,
        project_id=by.project_id,
    )


def _traces_json(page: Page[Trace]) -> dict[str, Any]:
    data = [trace_json(trace) for trace in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}
