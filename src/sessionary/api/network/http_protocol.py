"""HTTP/1.1 with bounds on the size of a request's head and on the time each part may take.

uvicorn's protocol has no such bounds: it collects a head of any length, at any pace, in memory.
"""

import json
import logging
import select
from collections import deque
from enum import Enum
from http import HTTPStatus
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from sessionary.api.network.connections import Connections

_HEAD_BYTES = 64 * 1024
_HEADERS = 200
_PIPELINED = 16

_HEAD_SECONDS = 10.0
# Above the deadlines of the routes (api/http/body.py), which answer in the client's format.
_BODY_SECONDS = 75.0
_DRAINING_BODY_SECONDS = 2.0
# For the rest of a body whose response was sent early, and after a refused head: a client that is
# still sending would lose its response if the connection were closed at once.
_LINGER_SECONDS = 30.0
_REFUSED_SECONDS = 2.0
_KEEP_ALIVE_SECONDS = 75.0
# To take the next part of a response, and to take the last part once it is closed.
_TAKE_SECONDS = 60.0
_CLOSE_SECONDS = 10.0
_RETRY_SECONDS = 5
# A client that reads its response takes something within this time.
_STALLED_SECONDS = 2.0
# Of a body that is not wanted, this much is received so that its client can read the response.
_DISCARDED_BYTES = 40 * 1024 * 1024
# Between two reads of it: the event loop would otherwise read MiB at a time from each client.
_DISCARD_PAUSE_SECONDS = 0.02

# For requests that are cancelled on purpose: uvicorn would log a traceback of each.
_QUIET = logging.getLogger(f"{__name__}.cancelled")
_QUIET.disabled = True


class _BoundError(Exception):
    """A head has too many headers, or too many requests wait in a pipeline."""


class _Reading(Enum):
    """The part of a request that is expected next."""

    HEAD = "head"
    BODY = "body"
    NOTHING = "nothing"


class BoundedProtocol(HttpToolsProtocol):
    """A connection whose requests have bounds on size and time.

    An oversized head is answered 431, a slow one 408. Trailers are dropped.
    """

    def __init__(self, *, connections_table: Connections, **options: Any) -> None:
        super().__init__(**options)
        self._table = connections_table
        self._reading = _Reading.HEAD
        self._since = self.loop.time()
        self._overhead = self._body_bytes = 0
        self._has_head = self._was_answered = False
        self._ignores_input = self._is_refused = False
        self._stalled_since: float | None = None
        self._closing_since: float | None = None
        self._unanswered: deque[RequestResponseCycle] = deque()

    # Of asyncio.

    def connection_made(self, transport: Any) -> None:
        """Admit the connection, or refuse it where all others are in use."""
        super().connection_made(transport)
        if not self._table.admit(self, self.loop.time()):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "all connections are in use")
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Free its place, and end all of its requests: uvicorn ends only the last of a pipeline."""
        self._table.discard(self)
        self.pipeline.clear()
        for cycle in self._unanswered:
            cycle.disconnected = True
            cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse; bytes that are neither a body nor a complete head are bounded."""
        if self._ignores_input:
            return
        self._unset_keepalive_if_required()
        self._overhead += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # No other protocol is offered: respond, and do not parse what may belong to one.
            self._ignores_input = True
            self.cycle.keep_alive = False
        except httptools.HttpParserError as error:
            if isinstance(error.__context__, _BoundError):
                self._refuse_large_head()
            else:
                self._refuse(HTTPStatus.BAD_REQUEST, "this is not a valid HTTP/1.1 request")
        else:
            if self._overhead > _HEAD_BYTES:
                self._refuse_large_head()

    def pause_writing(self) -> None:
        """Note since when the client takes nothing."""
        self._stalled_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client takes the response again."""
        self._stalled_since = None
        super().resume_writing()

    # Of the parser.

    def on_message_begin(self) -> None:
        """A head begins; that of the first request began with the connection."""
        super().on_message_begin()
        self._has_head = False
        if self._reading is not _Reading.HEAD:
            self._expect(_Reading.HEAD)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Collect a header; a trailer comes after the head and is dropped."""
        if self._has_head:
            return
        if len(self.headers) >= _HEADERS:
            raise _BoundError
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Start the request unless too many wait before it."""
        if len(self.pipeline) >= _PIPELINED or self._is_head_large():
            raise _BoundError
        self._overhead, self._body_bytes, self._has_head = 0, 0, True
        self._expect(_Reading.BODY)
        super().on_headers_complete()
        self._unanswered.append(self.cycle)

    def on_body(self, body: bytes) -> None:
        """Collect a part of the body; after an early response, discard a bounded amount."""
        self._overhead = 0
        self._body_bytes += len(body)
        if not self._is_busy():
            self._discard_slowly()
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is complete."""
        self._overhead = 0
        self._expect(_Reading.NOTHING)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The connection is idle, or has the rest of a request to receive."""
        self._was_answered = True
        self._since = self.loop.time()
        self._unanswered.popleft()
        super().on_response_complete()

    # Of the table of connections.

    def eviction_rank(self, now: float) -> tuple[int, float] | None:
        """Incomplete heads first, then idle connections, slow bodies and stalled responses."""
        if not self._is_busy():
            is_idle = self._was_answered and self._reading is not _Reading.BODY
            return int(is_idle), self._since
        if self._reading is _Reading.BODY:
            return 2, self._body_bytes / (now - self._since + 0.001)
        if self._stalled_since is not None and now - self._stalled_since > _STALLED_SECONDS:
            return 3, self._stalled_since
        return None

    def expire(self, now: float, *, is_draining: bool) -> None:
        """Close the connection if its client was too slow."""
        if self.transport.is_closing():
            self._closing_since = self._closing_since or now
            if now - self._closing_since > _CLOSE_SECONDS:
                self.transport.abort()
            return
        if self._stalled_since is not None and now - self._stalled_since > _TAKE_SECONDS:
            self.transport.abort()
        if now - self._since <= self._allowed_seconds(is_draining=is_draining):
            return
        if self._has_partial_request():
            self._refuse(HTTPStatus.REQUEST_TIMEOUT, "the request took too long to arrive")
        self.transport.close()

    def evict(self) -> bool:
        """Close at once, unless what the client has sent was not read yet."""
        if self._overhead == 0 and not self._was_answered and self._is_readable():
            return False
        self.transport.abort()
        return True

    def give_up(self) -> None:
        """Close with 503 where the response has not started; the task is cancelled silently."""
        if self._is_busy():
            self.cycle.logger = _QUIET
            for cycle, _ in self.pipeline:
                cycle.logger = _QUIET
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "the server is stopping")
        self.transport.close()

    def _allowed_seconds(self, *, is_draining: bool) -> float:
        """How long the current state may last."""
        if self._is_refused:
            return _REFUSED_SECONDS
        match self._reading, self._is_busy():
            case _Reading.HEAD, False:
                return _HEAD_SECONDS
            case _Reading.BODY, False:
                return _LINGER_SECONDS
            case _Reading.BODY, True:
                return _DRAINING_BODY_SECONDS if is_draining else _BODY_SECONDS
            case _Reading.NOTHING, False:
                return _KEEP_ALIVE_SECONDS
            case _:
                return float("inf")

    def _is_readable(self) -> bool:
        poll = select.poll()
        poll.register(self.transport.get_extra_info("socket").fileno(), select.POLLIN)
        return bool(poll.poll(0))

    def _is_head_large(self) -> bool:
        if self._overhead <= _HEAD_BYTES:
            return False
        # What was received may include the start of the body.
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.url) + headers > _HEAD_BYTES

    def _expect(self, reading: _Reading) -> None:
        self._reading, self._since = reading, self.loop.time()

    def _is_busy(self) -> bool:
        """Whether a request waits for its response."""
        return self.cycle is not None and not self.cycle.response_complete

    def _has_partial_request(self) -> bool:
        """Whether part of a request has arrived, and no response was sent."""
        if self._reading is _Reading.HEAD:
            return self._overhead > 0 and not self._is_refused
        return self._reading is _Reading.BODY and self._is_busy() and not self._is_refused

    def _refuse_large_head(self) -> None:
        self._refuse(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            f"the head of a request may have at most {_HEAD_BYTES} bytes and {_HEADERS} headers",
        )

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        """Respond where a response can still be sent, and ignore all further input."""
        if not self._is_busy():
            self.transport.write(_response(status, message))
        else:
            if not self.cycle.response_started and not self.pipeline:
                self.transport.write(_response(status, message))
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._is_refused = True
        self._since = self.loop.time()
        self._ignore_input()

    def _discard_slowly(self) -> None:
        if self._body_bytes > _DISCARDED_BYTES:
            self._ignore_input()
        elif not self.flow.read_paused:
            self.flow.pause_reading()
            self.loop.call_later(_DISCARD_PAUSE_SECONDS, self._discard_more)

    def _discard_more(self) -> None:
        if not self._ignores_input and not self.transport.is_closing():
            self.flow.resume_reading()

    def _ignore_input(self) -> None:
        """Take nothing more, so that a client which goes on sending costs nothing."""
        self._ignores_input = True
        self.flow.pause_reading()


def _response(status: HTTPStatus, message: str) -> bytes:
    content = json.dumps({"code": str(status.value), "message": message}).encode()
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        "content-type: application/json",
        f"content-length: {len(content)}",
        "cache-control: no-store",
        "x-content-type-options: nosniff",
        "connection: close",
    ]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        lines.append(f"retry-after: {_RETRY_SECONDS}")
    return "\r\n".join([*lines, "", ""]).encode() + content
