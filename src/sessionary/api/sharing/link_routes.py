"""Links that show a session without a key: made, listed, revoked. What they show: shared.py."""

import time
from datetime import timedelta
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.cookie import is_encrypted
from sessionary.api.auth.middleware import principal_of
from sessionary.api.auth.origin_check import allowed_hosts_of, is_name_of
from sessionary.api.http.body_types import Flag, IsNumber, Time, exclusive, rule
from sessionary.api.http.json import Json, instant
from sessionary.api.reads import read, read_session
from sessionary.api.routing import add
from sessionary.api.visibility import require_whole
from sessionary.model.instant import nanoseconds
from sessionary.model.share_link import ShareLink
from sessionary.services.access.share_links import (
    MAX_DAYS,
    create_share_link,
    revoke_share_link,
    share_links_of,
)
from sessionary.settings import Settings

_PATH = "/v2/sessions/{session_id:name}/shares"
_NS_PER_SECOND = 10**9
_MAX_SECONDS = int(timedelta(days=MAX_DAYS).total_seconds())
_DEFAULT_SECONDS = int(timedelta(days=7).total_seconds())


class ShareLinkCreation(BaseModel):
    """What a new link is to be; without a word of its end, it lasts a week."""

    model_config = ConfigDict(
        json_schema_extra=exclusive(expires_in={"type": "integer"}, expires_at={"type": "string"})
    )

    expires_in: Annotated[int, Field(ge=1, le=_MAX_SECONDS), IsNumber] | None = Field(
        default=None, description="Seconds from now."
    )
    expires_at: Time | None = Field(
        default=None,
        description="Or a time.",
        json_schema_extra=rule("in the future, within a year"),
    )
    with_messages: Flag = Field(default=False, description="Show messages in addition to figures.")

    @model_validator(mode="after")
    def _has_one_end(self) -> Self:
        if self.expires_in is not None and self.expires_at is not None:
            raise ValueError("expires_in and expires_at exclude each other: say one of them")
        return self

    @property
    def expires_ns(self) -> int:
        """When it ends, in nanoseconds since 1970."""
        if self.expires_at is not None:
            return nanoseconds(self.expires_at)
        return time.time_ns() + (self.expires_in or _DEFAULT_SECONDS) * _NS_PER_SECOND


class ShareLinkBody(BaseModel):
    """A link; those whose time is over are listed until they are revoked."""

    object: Literal["share"]
    id: str
    session_id: str = Field(description="The session's `_id`.")
    with_messages: bool = Field(description="Whether it shows messages.")
    created_at: AwareDatetime
    created_by: str = Field(description="The name of the key.")
    expires_at: AwareDatetime = Field(description="From then on it shows nothing.")


class NewShareLinkBody(ShareLinkBody):
    """A new link, with its secret, this once."""

    token: str = Field(description="What `/v2/shared/{token}` takes.")
    url: str = Field(
        description="The page to pass on; without an origin unless `SESSIONARY_PUBLIC_URL` is set "
        "or the request was made to an allowed host."
    )


class ShareLinksBody(BaseModel):
    """The links to a session."""

    object: Literal["list"]
    data: list[ShareLinkBody]
    has_more: bool = Field(description="False: all are listed.")


def router() -> APIRouter:
    """The routes; before those that take a session's name with slashes."""
    routes = APIRouter(tags=["Share links"])
    add(
        routes,
        "POST",
        _PATH,
        create,
        name="create_share_link",
        answer=NewShareLinkBody,
        status=201,
        errors=(400, 404),
    )
    add(
        routes,
        "GET",
        _PATH,
        list_all,
        name="list_share_links",
        answer=ShareLinksBody,
        errors=(400, 404),
    )
    add(
        routes,
        "DELETE",
        f"{_PATH}/{{share_id}}",
        revoke,
        name="revoke_share_link",
        errors=(400, 404),
    )
    return routes


async def create(request: Request, session_id: str, body: ShareLinkCreation | None = None) -> Json:
    """Create a link to a session. Its `url` needs no key, and is only returned here."""
    body = body or ShareLinkCreation()
    await require_whole(request, await read_session(request, session_id))
    link, token = await run_in_threadpool(
        create_share_link,
        request.app.state.database,
        principal_of(request),
        session_id,
        expires_ns=body.expires_ns,
        with_messages=body.with_messages,
    )
    return _link_json(link) | {"token": token, "url": f"{_origin_of(request)}/shared/{token}"}


async def list_all(request: Request, session_id: str) -> Json:
    """List the links to a session, the latest first, without their secrets."""
    database, by = request.app.state.database, principal_of(request)
    links = await read(request, share_links_of, database, by, session_id)
    return {"object": "list", "data": [_link_json(link) for link in links], "has_more": False}


async def revoke(request: Request, session_id: str, share_id: str) -> Response:
    """Revoke a link to a session: it shows nothing from now on."""
    database, by = request.app.state.database, principal_of(request)
    await run_in_threadpool(revoke_share_link, database, by, session_id, share_id)
    return Response(status_code=204)


def _origin_of(request: Request) -> str:
    """Where the pages are; empty where only the `Host` header would say so, as anything may be."""
    settings: Settings = request.app.state.settings
    host = request.headers.get("host", "")
    if settings.public_url or not is_name_of(host, allowed_hosts_of(settings)):
        return settings.public_url.rstrip("/")
    return f"{'https' if is_encrypted(request) else 'http'}://{host}"


def _link_json(link: ShareLink) -> Json:
    return {
        "object": "share",
        "id": link.id,
        "session_id": link.session_id,
        "with_messages": link.with_messages,
        "created_at": instant(link.created_ns),
        "created_by": link.created_by,
        "expires_at": instant(link.expires_ns),
    }
