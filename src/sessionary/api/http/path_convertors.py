"""Match the path of a request: its parameters, and the methods that its route declares.

An external id may be any text, so its percent-encoding distinguishes `/` in a parameter from `/`
between segments: `/v2/sessions/x%2Ftraces` is the session `x/traces`, `/v2/sessions/x/traces` the
traces of the session `x`. All other characters are equal to their encoding (RFC 3986, 2.4).
"""

import re
from collections.abc import Iterable
from typing import Annotated
from urllib.parse import unquote

from pydantic import AfterValidator
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from sessionary.api.http import error_handlers as failures

HexId = Annotated[str, AfterValidator(str.lower)]
"""The id of a trace or span, which ingest accepts in either case and stores in lower case."""

# Half of a surrogate pair: no decoded path contains one.
_ENCODED_SLASH = "\udc2f"


class _TextConvertor(Convertor[str]):
    """One segment, which may contain encoded slashes."""

    regex = "[^/]+"

    def convert(self, value: str) -> str:
        return value.replace(_ENCODED_SLASH, "/")

    def to_string(self, value: str) -> str:
        return value


class _NameConvertor(_TextConvertor):
    """Any text: some clients send the slashes of an external id as they are."""

    regex = "(?s:.+)"


def register() -> None:
    """Register the types of path parameters; call it before any route is made."""
    register_url_convertor("str", _TextConvertor())
    register_url_convertor("name", _NameConvertor())


class PathMiddleware:
    """Decode the path of a request, except for the slashes in its parameters."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the path to match."""
        if scope["type"] == "http":
            segments = re.split("%2[fF]", scope["raw_path"].decode("ascii"))
            scope = {**scope, "path": _ENCODED_SLASH.join(map(unquote, segments))}
        await self._app(scope, receive, send)


class MethodsMiddleware:
    """Answer 405 with `Allow` to a method that the path does not declare.

    A path belongs to the first route that matches it, and to one without parameters before any
    other: the router alone would go on to a later route that has the method.
    """

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute]) -> None:
        self._app = app
        self._fixed: dict[str, set[str]] = {}
        self._matching: dict[str, tuple[re.Pattern[str], set[str]]] = {}
        for route in routes:
            if isinstance(route, Route):
                self._add(route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it."""
        methods = self._methods(scope["path"]) if scope["type"] == "http" else None
        if methods is None or scope["method"] in methods:
            await self._app(scope, receive, send)
            return
        allowed = ", ".join(sorted(methods))
        message = f"{scope['method']} is not a method of this path; it has {allowed}"
        error = HTTPException(405, message, headers={"Allow": allowed})
        await failures.refused(Request(scope), error)(scope, receive, send)

    def _add(self, route: Route) -> None:
        if route.param_convertors:
            _, methods = self._matching.setdefault(route.path, (route.path_regex, set()))
        else:
            methods = self._fixed.setdefault(route.path, set())
        methods.update(route.methods or ())

    def _methods(self, path: str) -> set[str] | None:
        fixed = self._fixed.get(path)
        if fixed is not None:
            return fixed
        found = (methods for regex, methods in self._matching.values() if regex.match(path))
        return next(found, None)
