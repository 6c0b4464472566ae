"""Reading sessions, on the routes of both generations of orq's API."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.convertors import PathConvertor, register_url_convertor

from sessionary.api.access import workspace_of
from sessionary.api.reading import read
from sessionary.api.session_fields import NewSession, SessionUpdate
from sessionary.api.sessions_body import SessionsQuery, check_fields
from sessionary.api.shapes import current_session_json, session_json, trace_json
from sessionary.errors import InvalidRequestError, NotFoundError
from sessionary.model.page import MOST, USUAL
from sessionary.model.session import Session
from sessionary.sessions.create import create_session
from sessionary.sessions.delete import delete_session
from sessionary.sessions.update import update_session
from sessionary.store.sessions import count_sessions, get_session, list_sessions
from sessionary.store.traces import list_traces

_CURRENT, _CLASSIC = "/v2/sessions", "/v2/traces/sessions"
_PREFIXES = {_CURRENT: "current", _CLASSIC: "classic"}
Include = Annotated[str, Query(description="Further fields, separated by commas.")]


class _NameConvertor(PathConvertor):
    """Any text at all: an external id may have slashes and line ends."""

    regex = "(?s:.+)"


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(tags=["Sessions"])
    register_url_convertor("name", _NameConvertor())
    # An external id may have slashes, so what follows one is looked for first.
    routes.add_api_route(
        "/v2/sessions/{session_id:name}/traces",
        traces,
        methods=["GET"],
        summary="The traces of a session, in order of start.",
    )
    for prefix, generation in _PREFIXES.items():
        for path, method, endpoint in (
            ("/query", "POST", query),
            ("/count", "POST", count),
            ("", "POST", create),
            ("/{session_id:name}", "GET", get),
            ("/{session_id:name}", "PATCH", update),
            ("/{session_id:name}", "DELETE", delete),
        ):
            routes.add_api_route(
                f"{prefix}{path}",
                endpoint,
                methods=[method],
                status_code=204 if method == "DELETE" else 200,
                name=f"{generation}_{endpoint.__name__}_sessions",
                summary=(endpoint.__doc__ or "").partition("\n")[0],
            )
    routes.add_api_route(
        "/v2/traces/sessionless",
        sessionless,
        methods=["GET"],
        summary="The traces that name no session, in order of start.",
    )
    return routes


async def query(request: Request, body: SessionsQuery) -> dict[str, Any]:
    """List sessions: sorted, page by page."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    page = await read(
        request,
        list_sessions,
        database,
        workspace_id,
        body.paging(),
        with_details=bool(body.included_fields),
    )
    shape = _shape(request)
    data = [shape(session, body.included_fields) for session in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


async def count(request: Request, body: SessionsQuery) -> dict[str, int]:
    """Count sessions."""
    body.check()
    database, workspace_id = request.app.state.database, workspace_of(request)
    return {"count": await read(request, count_sessions, database, workspace_id)}


async def get(request: Request, session_id: str, include: Include = "") -> dict[str, Any]:
    """Get a session by its `_id` or external id."""
    fields = [name.strip() for name in include.split(",") if name.strip()]
    faults = check_fields(fields, "include")
    if faults:
        raise InvalidRequestError(faults[0].message, tuple(faults))
    session = await _session(request, session_id, with_details=bool(fields))
    return _shape(request)(session, fields)


async def create(request: Request, body: NewSession) -> dict[str, Any]:
    """Create a session."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    session = await run_in_threadpool(
        create_session, database, workspace_id, body.external_id, body.change()
    )
    return _shape(request)(session)


async def update(request: Request, session_id: str, body: SessionUpdate) -> dict[str, Any]:
    """Update a session by its `_id` or external id: what you write is what you read back."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    body.check(await _session(request, session_id))
    change = replace(body.change(), external_id=body.external_id)
    session = await run_in_threadpool(update_session, database, workspace_id, session_id, change)
    return _shape(request)(session)


async def delete(
    request: Request,
    session_id: str,
    keep_traces: Annotated[bool, Query(description="Leave its traces, in no session.")] = False,
) -> Response:
    """Delete a session by its `_id` or external id, with its traces and their spans, for good."""
    database, workspace_id = request.app.state.database, workspace_of(request)
    await run_in_threadpool(
        delete_session, database, workspace_id, session_id, keep_traces=keep_traces
    )
    return Response(status_code=204)


def _shape(request: Request) -> Callable[..., dict[str, Any]]:
    """Sessions as the generation of the route has them."""
    is_classic = request.url.path.startswith(_CLASSIC)
    return session_json if is_classic else current_session_json


async def traces(
    request: Request,
    session_id: str,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    last_id: Annotated[str, Query(alias="lastId", description="The page after this trace.")] = "",
) -> dict[str, Any]:
    """List a session's traces."""
    session = await _session(request, session_id)
    return await _traces(request, session.external_id, limit, last_id)


async def sessionless(
    request: Request,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
    last_id: Annotated[str, Query(alias="lastId", description="The page after this trace.")] = "",
) -> dict[str, Any]:
    """List the traces without a session."""
    return await _traces(request, "", limit, last_id)


async def _traces(request: Request, session: str, limit: int, last_id: str) -> dict[str, Any]:
    database, workspace_id = request.app.state.database, workspace_of(request)
    page = await read(
        request, list_traces, database, workspace_id, session, limit=limit, last_id=last_id
    )
    data = [trace_json(trace) for trace in page.items]
    return {"object": "list", "data": data, "has_more": page.has_more}


async def _session(request: Request, name: str, *, with_details: bool = False) -> Session:
    database, workspace_id = request.app.state.database, workspace_of(request)
    session = await read(
        request, get_session, database, workspace_id, name, with_details=with_details
    )
    if session is None:
        raise NotFoundError(f"there is no session {name!r}")
    return session
