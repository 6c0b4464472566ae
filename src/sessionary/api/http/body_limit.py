"""Bounds on the size, the time and the memory of every body that a route does not read itself."""

import asyncio
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessionary.api.http import error_handlers as failures
from sessionary.api.network.body_budget import BodyShare
from sessionary.api.network.client import caller_of
from sessionary.errors import BodyTooLargeError, RequestTimeoutError, SessionaryError

# JSON is parsed on the event loop, so it has to be small: a MiB takes about 10 ms.
_MAX_JSON_BYTES = 1024 * 1024
_READ_SECONDS = 30.0


class BodyLimitMiddleware:
    """Answers 413 to a body over `most` bytes or the limit of its path, and 408 to a slow one.

    A limit of None leaves the bounds to the route.
    """

    def __init__(self, app: ASGIApp, most: int, by_path: Mapping[str, int | None]) -> None:
        self._app = app
        self._most = min(most, _MAX_JSON_BYTES)
        self._by_path = by_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with as much of its body as it may have."""
        limit = self._by_path.get(scope["path"], self._most) if scope["type"] == "http" else None
        if limit is None:
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            error = BodyTooLargeError(_too_large(limit))
            await failures.answer(Request(scope), error)(scope, receive, send)
            return
        if not announced and "transfer-encoding" not in Headers(scope=scope):
            await self._app(scope, receive, send)
            return
        with scope["app"].state.bodies.share(caller_of(HTTPConnection(scope))) as share:
            await self._app(scope, _bounded(receive, share, limit), send)


def _bounded(receive: Receive, share: BodyShare, limit: int) -> Receive:
    deadline = asyncio.get_running_loop().time() + _READ_SECONDS
    taken, is_complete = 0, False

    async def take() -> Message:
        nonlocal taken, is_complete
        try:
            async with asyncio.timeout_at(None if is_complete else deadline):
                message = await receive()
            count = len(message.get("body", b""))
            taken += count
            is_complete = not message.get("more_body", False)
            if taken > limit:
                raise BodyTooLargeError(_too_large(limit))
            share.add(count)
            if is_complete:
                share.complete()
        except TimeoutError:
            raise failures.BodyError(RequestTimeoutError(_too_slow())) from None
        except SessionaryError as error:
            raise failures.BodyError(error) from None
        return message

    return take


def _too_slow() -> str:
    return f"the body took longer than {_READ_SECONDS:g} s"


def _too_large(limit: int) -> str:
    return f"the body is over {limit} bytes, the most that is taken here"
