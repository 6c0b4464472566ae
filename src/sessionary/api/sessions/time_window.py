"""A time from one instant to another, as a body says it."""

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from sessionary.api.http.body_types import SENT_TIME
from sessionary.api.sessions.requests import SessionsQuery
from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.instant import parse_instant
from sessionary.model.window import Window


def _instant(text: str) -> str:
    if text and parse_instant(text) is None:
        message = f"{text[:200]!r} is not a time like 2026-01-31T12:00:00Z"
        raise PydanticCustomError("instant", "{message}", {"message": message})
    return text


Instant = Annotated[str, AfterValidator(_instant), WithJsonSchema(SENT_TIME)]


class SessionsInTime(SessionsQuery):
    """The body of a query of sessions, of which the page is ignored, and a time."""

    start: Instant = Field(
        default="",
        alias="from",
        description="The first start to count, RFC 3339; all time by default.",
    )
    to: Instant = Field(
        default="", description="What all starts are before, RFC 3339; now by default."
    )

    def window(self, now_ns: int) -> Window:
        """The time that is asked for.

        Raises:
            InvalidRequestError: nothing lies between them.
        """
        from_ns = parse_instant(self.start) if self.start else None
        asked_ns = parse_instant(self.to) if self.to else None
        to_ns = now_ns if asked_ns is None else asked_ns
        if from_ns is not None and from_ns >= to_ns:
            message = f"from, {self.start!r}, is not before to, {self.to or 'now'!r}"
            raise InvalidRequestError(message, (Fault("from", message),))
        return Window(from_ns, to_ns, has_end=asked_ns is not None)
