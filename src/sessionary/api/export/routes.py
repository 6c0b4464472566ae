"""Export sessions: all of a list, however many, as a file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from pydantic import Field

from sessionary.api.auth.middleware import principal_of
from sessionary.api.export.formats import FORMATS
from sessionary.api.http.body_types import rule
from sessionary.api.reads import read
from sessionary.api.routing import add
from sessionary.api.sessions.included_fields import list_attached
from sessionary.api.sessions.requests import SessionsQuery, selected
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.access import Scope
from sessionary.model.pagination import Page, Paging
from sessionary.model.session import Session
from sessionary.services.sessions.walk import walk_sessions

FormatName = Literal["csv", "jsonl", "parquet"]


class ExportQuery(SessionsQuery):
    """The body of a query, of which all pages are exported, and the format."""

    format: FormatName | None = Field(
        default=None,
        description="The format, if not in the URL.",
        json_schema_extra=rule("sent here or in the URL"),
    )


def router() -> APIRouter:
    """The route; `app.state.database` is the store."""
    routes = APIRouter(prefix="/v2/sessions", tags=["Sessions"])
    add(
        routes,
        "POST",
        "/export",
        export,
        name="export_sessions",
        errors=(400,),
        media_types=[one.media_type for one in FORMATS.values()],
        description="The file: a session a row after a header, or one a line.",
        # Else a POST would need the scope to write.
        scope=Scope.READ,
    )
    return routes


async def export(
    request: Request,
    body: ExportQuery,
    format: Annotated[FormatName | None, Query(description="The file's format.")] = None,
) -> StreamingResponse:
    """Export all sessions of a query as a file: those of all of its pages."""
    name = format or body.format
    if name is None:
        message = f"say which: {', '.join(FORMATS)}"
        raise InvalidRequestError(f"format: {message}", (Fault("format", message),))
    pages = await read(request, _begun, _pages(request, body))
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    return StreamingResponse(
        FORMATS[name].write(pages, body.included_fields),
        media_type=FORMATS[name].media_type,
        headers={"Content-Disposition": f'attachment; filename="sessions-{day}.{name}"'},
    )


def _pages(request: Request, body: SessionsQuery) -> Iterator[list[Session]]:
    database, by = request.app.state.database, principal_of(request)
    where = selected(by, body)

    def page_at(paging: Paging) -> Page[Session]:
        return list_attached(database, by, paging, body.included_fields, where=where)

    return walk_sessions(page_at, body.paging())


def _begun(pages: Iterator[list[Session]]) -> Iterator[list[Session]]:
    """The same pages, the first one read: what is wrong shows while it can still be answered."""
    return chain([next(pages)], pages)
