"""Authentication of requests, and the scopes that routes require.

Requests are authenticated before their body is read. Routes name the scope they need with
`requires`; by default it is `read` for a GET and `write` for other methods.
"""

import base64
import binascii
from dataclasses import dataclass

from fastapi import Depends
from fastapi.params import Depends as Dependency
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from sessionary.api.auth.cookie import refuse_cross_site, token_of
from sessionary.api.auth.origin_check import SAFE_METHODS, own_pages
from sessionary.api.http import error_handlers as failures
from sessionary.api.network.client import address_of
from sessionary.errors import ForbiddenError, SessionaryError
from sessionary.model import access
from sessionary.model.access import Principal
from sessionary.services.access.workspaces import require_default_workspace
from sessionary.settings import Settings

_OPEN_PATHS = {"/healthz", "/readyz", "/openapi.json", "/v2/sign-in", "/v2/sign-out"}
# The rest of the path is a secret itself.
_OPEN_PREFIX = "/v2/shared/"


def principal_of(request: HTTPConnection) -> Principal:
    """The principal of the request."""
    principal: Principal = request.state.principal
    return principal


def workspace_of(request: HTTPConnection) -> str:
    """The workspace of the request's key; without one, where none is needed, the default one."""
    return principal_of(request).workspace_id


def secret_of(headers: Headers) -> str:
    """The key of a request, empty without one.

    OTLP exporters send it as a bearer token, Langfuse's as the password of Basic authentication,
    LangSmith's as `x-api-key`.
    """
    scheme, _, value = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        return _password(value)
    return headers.get("x-api-key", "").strip()


class AccessMiddleware:
    """Authenticates requests, as `request.state.principal`, or answers 401 or 403."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._own_pages = own_pages(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on the request, or answer it."""
        if scope["type"] == "http" and "principal" not in scope.setdefault("state", {}):
            try:
                await self._settle(scope)
            except SessionaryError as error:
                await failures.answer(Request(scope), error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _settle(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if self._own_pages is not None:
            self._own_pages.check_origin(scope["method"], headers)
        if scope["path"] in _OPEN_PATHS or scope["path"].startswith(_OPEN_PREFIX):
            return
        by, is_signed_in = await _who_asks(HTTPConnection(scope))
        scope["state"]["is_signed_in"] = is_signed_in
        scope["state"]["principal"] = by


async def is_still_allowed(request: HTTPConnection) -> bool:
    """Whether an endless response may go on: its key or cookie is still valid."""
    try:
        by, _ = await _who_asks(request)
    except SessionaryError:
        return False
    return by == principal_of(request)


async def _who_asks(request: HTTPConnection) -> tuple[Principal, bool]:
    """The principal, and whether it is from a cookie; a key takes precedence."""
    secret = secret_of(request.headers)
    by = None if secret else await _signed_in(request)
    return by or await request.app.state.gate.authenticate(
        secret, address_of(request)
    ), by is not None


async def _signed_in(request: HTTPConnection) -> Principal | None:
    """The principal of a request's cookie, if it has a valid one.

    Raises:
        ForbiddenError: the request would change something, and may come from another site.
    """
    token = token_of(request)
    by: Principal | None = None
    if token:
        by = await request.app.state.sign_ins.find(token, address_of(request))
    if by is not None and request.scope["method"] not in SAFE_METHODS:
        refuse_cross_site(request, must_say=True)
    return by


@dataclass(frozen=True, slots=True)
class Requires:
    """A dependency that rejects keys without the scope, and limits their rate."""

    scope: access.Scope
    is_about_all: bool = False
    """The route shows or changes every workspace."""

    async def __call__(self, request: Request) -> None:
        """Raises ForbiddenError or RateLimitedError."""
        by = principal_of(request)
        request.app.state.gate.authorize(by, self.scope)
        if self.is_about_all:
            require_default_workspace(by)


def requires(scope: access.Scope, *, is_about_all: bool = False) -> Dependency:
    """The entry for a route's `dependencies`."""
    dependency: Dependency = Depends(Requires(scope, is_about_all))
    return dependency


def needed_scope(route: APIRoute, method: str) -> access.Scope:
    """The scope a route requires, by its method by default."""
    for dependency in route.dependencies:
        if isinstance(dependency.dependency, Requires):
            return dependency.dependency.scope
    return access.Scope.READ if method in SAFE_METHODS else access.Scope.WRITE


async def _by_method(request: Request) -> None:
    route = request.scope["route"]
    if not any(isinstance(one.dependency, Requires) for one in route.dependencies):
        await Requires(needed_scope(route, request.method))(request)


GUARDED = (
    Depends(HTTPBearer(auto_error=False, description="An API key; not needed in local mode.")),
    Depends(_by_method),
)
"""The dependencies of every router but that of the open routes."""


async def _refuse_projects(request: Request) -> None:
    by = principal_of(request)
    if by.project_id:
        raise ForbiddenError(
            f"this key is for the project {by.project_id!r} alone, and this is about the whole "
            "workspace: use a key that is not tied to a project"
        )


WHOLE_WORKSPACE = Depends(_refuse_projects)
"""Dependency of routers whose routes cover all projects of a workspace."""


def _password(value: str) -> str:
    """The password of Basic authentication, or the user where it is empty; empty if unreadable."""
    try:
        text = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    user, _, password = text.partition(":")
    return password or user
