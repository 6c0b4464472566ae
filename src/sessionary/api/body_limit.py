"""A bound on every body, before it is held whole: also of who has no key yet."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sessionary.api import failures
from sessionary.errors import BodyTooLargeError


class BodyLimitMiddleware:
    """Answers 413 to a body of more than `most` bytes, or than `by_path` has for its path.

    None there leaves the bound to the route.
    """

    def __init__(self, app: ASGIApp, most: int, by_path: Mapping[str, int | None]) -> None:
        self._app = app
        self._most = most
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
        await self._app(scope, _bounded(receive, limit), send)


def _bounded(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def take() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            # The one kind of error that FastAPI does not take for a body that cannot be read.
            raise HTTPException(BodyTooLargeError.status, _too_large(limit))
        return message

    return take


def _too_large(limit: int) -> str:
    return f"the body is over {limit} bytes, the most that is taken here"
