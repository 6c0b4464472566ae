"""Client connections: how many fit into the descriptor limit, and which to close when full."""

import asyncio
import logging
import os
import resource
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from sessionary.settings import Settings

log = logging.getLogger(__name__)

_WANTED_DESCRIPTORS = 65_536
# The engine opens a file per part and column while it reads or merges. When it runs out of
# descriptors, it deadlocks and does not recover. Under load 150 to 500 were open.
_RESERVED_DESCRIPTORS = 640
# Merges open hundreds of files between two looks.
_SPARE_DESCRIPTORS = 256
# What the engine had open counts half as much after a minute or so.
_FORGETTING = 0.99
_FEWEST = 16
_GRPC_SHARE = 4
_SWEEP_SECONDS = 1.0
# Evicting several at once spreads the cost of choosing them.
_EVICTED_SHARE = 16


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Connections that may be open at the same time."""

    http: int
    grpc: int


def raise_descriptor_limit() -> None:
    """Raise the soft limit of open files towards the hard limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = (
        _WANTED_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _WANTED_DESCRIPTORS)
    )
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def connection_limits(settings: Settings) -> ConnectionLimits:
    """The limits under the current descriptor limit; gRPC has a share of its own."""
    descriptors = _soft_limit()
    available = descriptors - _RESERVED_DESCRIPTORS
    if available < 2 * _FEWEST:
        log.warning(
            "the limit of open files is %d, which leaves too few for connections: "
            "set it to 1024 or more (ulimit -n)",
            descriptors,
        )
    total = max(2 * _FEWEST, min(settings.max_connections, available))
    grpc = total // _GRPC_SHARE if settings.grpc_port else 0
    return ConnectionLimits(http=total - grpc, grpc=grpc)


def _soft_limit() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _WANTED_DESCRIPTORS if soft == resource.RLIM_INFINITY else soft


def _open_descriptors() -> int:
    with suppress(OSError):
        return len(os.listdir("/dev/fd"))
    return 0


class Connection(Protocol):
    """A connection as the table of all of them needs it."""

    def eviction_rank(self, now: float) -> tuple[int, float] | None:
        """Connections of the lowest rank are evicted first; None for one that is in use."""

    def expire(self, now: float, *, is_draining: bool) -> None:
        """Close the connection if a deadline has passed."""

    def evict(self) -> bool:
        """Close the connection at once; False if its request has just arrived."""

    def give_up(self) -> None:
        """Close the connection, with an error response if none was started."""


class Connections:
    """All open HTTP connections, of which there are at most `limit`.

    When full, a new connection takes the place of one that waits for its client, so that idle
    clients cannot keep active ones out. Fewer are allowed while the engine has many files open.
    """

    def __init__(self, limit: int) -> None:
        self._most = self._limit = limit
        self._descriptors = _soft_limit()
        self._others = 0.0
        self._open: set[Connection] = set()
        self._is_draining = False

    def admit(self, connection: Connection, now: float) -> bool:
        """Add a connection; False if all others are in use."""
        if len(self._open) >= self._limit:
            self._evict(now)
        if len(self._open) >= self._limit:
            return False
        self._open.add(connection)
        return True

    def discard(self, connection: Connection) -> None:
        """Remove a connection that was closed."""
        self._open.discard(connection)

    def drain(self) -> None:
        """Shorten the deadlines of requests that have not arrived."""
        self._is_draining = True

    def give_up(self) -> None:
        """Close all connections."""
        for connection in list(self._open):
            connection.give_up()

    async def watch_deadlines(self) -> None:
        """Close connections whose deadline has passed, until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            self._leave_descriptors()
            if len(self._open) > self._limit:
                self._evict(loop.time())
            for connection in list(self._open):
                connection.expire(loop.time(), is_draining=self._is_draining)

    def _leave_descriptors(self) -> None:
        """Set the limit by the most descriptors that others have had open recently."""
        opened = _open_descriptors() - len(self._open)
        self._others = max(opened, self._others * _FORGETTING)
        available = self._descriptors - int(self._others) - _SPARE_DESCRIPTORS
        self._limit = max(_FEWEST, min(self._most, available))

    def _evict(self, now: float) -> None:
        ranked = [
            (rank, connection)
            for connection in self._open
            if (rank := connection.eviction_rank(now)) is not None
        ]
        ranked.sort(key=lambda pair: pair[0])
        surplus = len(self._open) - self._limit
        for connection in _first(ranked, surplus + max(1, self._limit // _EVICTED_SHARE)):
            if connection.evict():
                self._open.discard(connection)


def _first(ranked: Iterable[tuple[tuple[int, float], Connection]], count: int) -> list[Connection]:
    return [connection for _, (_, connection) in zip(range(count), ranked, strict=False)]
