"""Reading sessions, on the routes of both generations of orq's API."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, WithJsonSchema
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of
from sessionary.api.http.removal import removal_headers
from sessionary.api.reads import read, read_json, read_session
from sessionary.api.routing import add
from sessionary.api.sessions.included_fields import list_attached, with_attached
from sessionary.api.sessions.requests import SessionsQuery, check_fields, selected
from sessionary.api.sessions.schemas import (
    ClassicSessionBody,
    ClassicSessionsBody,
    CountBody,
    SessionBody,
    SessionsBody,
)
from sessionary.api.sessions.serialize import (
    DEFAULT_FIELDS,
    EXTRA_FIELDS,
    current_session_json,
    session_json,
)
from sessionary.api.sessions.write_requests import NewSession, SessionUpdate
from sessionary.api.visibility import require_whole
from sessionary.errors import ForbiddenError, InvalidRequestError
from sessionary.model.access import Principal, Scope
from sessionary.model.pagination import Page
from sessionary.model.session import Session
from sessionary.model.session_override import SessionChange
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.sessions.create import create_session
from sessionary.services.sessions.delete import complete_deletion, delete_session
from sessionary.services.sessions.names import naming
from sessionary.services.sessions.update import update_session
from sessionary.store.sessions.queries import count_sessions, list_tags

_CLASSIC = "/v2/traces/sessions"
_ONE = "/{session_id:name}"
_FIELD = f" *({'|'.join((*EXTRA_FIELDS, *DEFAULT_FIELDS))}) *"
Include = Annotated[
    str,
    Query(description="Further fields, separated by commas."),
    WithJsonSchema({"type": "string", "pattern": f"^({_FIELD}(,{_FIELD})*)?$"}),
]


@dataclass(frozen=True, slots=True)
class _Generation:
    """One of the two generations of the API: the same calls, shaped a little differently."""

    name: str
    """What the names of its operations begin with."""
    prefix: str
    session: type[BaseModel]
    sessions: type[BaseModel]


_GENERATIONS = (
    _Generation("", "/v2/sessions", SessionBody, SessionsBody),
    _Generation("classic_", _CLASSIC, ClassicSessionBody, ClassicSessionsBody),
)


def router() -> APIRouter:
    """The routes; `app.state.database` is the store."""
    routes = APIRouter(tags=["Sessions"])
    add(routes, "GET", "/v2/sessions/tags", tags, name="list_session_tags", answer=list[str])
    for generation in _GENERATIONS:
        _add_all(routes, generation)
    return routes


def _add_all(routes: APIRouter, of: _Generation) -> None:
    # What is asked by POST does not need the scope to write.
    for name, method, path, endpoint, answer, errors, scope in (
        ("query_sessions", "POST", "/query", query, of.sessions, (400,), Scope.READ),
        ("count_sessions", "POST", "/count", count, CountBody, (400,), Scope.READ),
        ("create_session", "POST", "", create, of.session, (400, 409), None),
        ("get_session", "GET", _ONE, get, of.session, (400, 404), None),
        ("update_session", "PATCH", _ONE, update, of.session, (400, 404, 409), None),
        ("delete_session", "DELETE", _ONE, delete, None, (400, 404), None),
    ):
        add(
            routes,
            method,
            f"{of.prefix}{path}",
            endpoint,
            name=f"{of.name}{name}",
            answer=answer,
            errors=errors,
            scope=scope,
        )


async def query(request: Request, body: SessionsQuery | None = None) -> Response:
    """List sessions: filtered, sorted, page by page."""
    body = body or SessionsQuery()
    database, by = request.app.state.database, principal_of(request)
    fields, where = body.included_fields, selected(by, body)
    shape = _shape(request)

    def listed(page: Page[Session]) -> dict[str, Any]:
        data = [shape(session, fields) for session in page.items]
        return {"object": "list", "data": data, "has_more": page.has_more}

    work = partial(list_attached, database, by, body.paging(), fields, where=where)
    return await read_json(request, listed, work)


async def count(request: Request, body: SessionsQuery | None = None) -> dict[str, int]:
    """Count the sessions that the same body would list on all of its pages."""
    database, by = request.app.state.database, principal_of(request)
    where = selected(by, body or SessionsQuery())
    return {"count": await read(request, count_sessions, database, by.workspace_id, where)}


async def tags(request: Request) -> list[str]:
    """List every tag of the sessions."""
    database, by = request.app.state.database, principal_of(request)
    return await read(request, list_tags, database, by.workspace_id, project_id=by.project_id)


async def get(request: Request, session_id: str, include: Include = "") -> dict[str, Any]:
    """Get a session by its `_id` or external id."""
    fields = [name.strip(" ") for name in include.split(",")] if include else []
    faults = check_fields(fields, "include")
    if faults:
        raise InvalidRequestError(faults[0].message, tuple(faults))
    database, by = request.app.state.database, principal_of(request)
    session = await read_session(request, session_id, with_details=bool(fields))
    if fields:
        (session,) = await read(request, with_attached, database, by, [session], fields)
    return _shape(request)(session, fields)


async def create(request: Request, body: NewSession) -> dict[str, Any]:
    """Create a session."""
    database, by = request.app.state.database, principal_of(request)
    change = _in_own_project(by, body.change())

    def named() -> Session:
        with naming(request.app.state.ingest, by, body.external_id):
            return create_session(database, by.workspace_id, body.external_id, change)

    return _shape(request)(await run_in_threadpool(named))


async def update(request: Request, session_id: str, body: SessionUpdate) -> dict[str, Any]:
    """Update a session by its `_id` or external id: what you write is what you read back."""
    database, by = request.app.state.database, principal_of(request)
    body.check(await read_session(request, session_id))
    change = replace(_in_own_project(by, body.change()), external_id=body.external_id)

    def named() -> Session:
        with naming(request.app.state.ingest, by, body.external_id):
            return update_session(database, by.workspace_id, session_id, change)

    return _shape(request)(await run_in_threadpool(named))


async def delete(
    request: Request,
    session_id: str,
    keep_traces: Annotated[bool, Query(description="Leave its traces, in no session.")] = False,
) -> Response:
    """Delete a session by its `_id` or external id, with its traces and their spans, for good."""
    database, by = request.app.state.database, principal_of(request)
    is_deleted = await run_in_threadpool(complete_deletion, database, by.workspace_id, session_id)
    if is_deleted and not by.project_id:
        await run_in_threadpool(record_audit_entry, database, by, "session.delete", session_id)
        return Response(status_code=204)
    session = await read_session(request, session_id)
    await require_whole(request, session)
    was_there = await run_in_threadpool(
        delete_session, database, by.workspace_id, session.id, keep_traces=keep_traces
    )
    detail = "but for its traces" if keep_traces else ""
    if was_there:
        await run_in_threadpool(
            record_audit_entry, database, by, "session.delete", session.id, detail=detail
        )
    return Response(status_code=204, headers=removal_headers(request))


def _in_own_project(by: Principal, change: SessionChange) -> SessionChange:
    """What is written with a key of one project, which stays there."""
    if not by.project_id:
        return change
    if not by.sees(change.texts.get("project_id", by.project_id)):
        raise ForbiddenError(f"this key is of the project {by.project_id!r} only")
    return replace(change, texts={**change.texts, "project_id": by.project_id})


def _shape(request: Request) -> Callable[..., dict[str, Any]]:
    """Sessions as the generation of the route has them."""
    is_classic = request.url.path.startswith(_CLASSIC)
    return session_json if is_classic else current_session_json
