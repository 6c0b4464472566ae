"""Read the store for a request, while its client waits, within what its key may see."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import Request, Response
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool

from sessionary.api.auth.middleware import principal_of
from sessionary.errors import NotFoundError, RetryLaterError
from sessionary.model.session import Session
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.query_tag import named_reader
from sessionary.store.sessions.queries import get_session

P = ParamSpec("P")
T = TypeVar("T")

_ANY: TypeAdapter[Any] = TypeAdapter(Any)
_AGAIN_SECONDS = 1.0
_WAIT_SECONDS = 10.0
_MAX_WAITING = 256


class ReadSlots:
    """Limits parallel reads to the store's `readers`; at most `max_waiting` others wait.

    Waiting reads use no thread: there are few, and ingest needs them too.
    """

    def __init__(
        self, readers: int, *, max_waiting: int = _MAX_WAITING, wait_seconds: float = _WAIT_SECONDS
    ) -> None:
        self._free = asyncio.Semaphore(readers)
        self._wait_seconds = wait_seconds
        self._waiting = 0
        self._max_waiting = min(max_waiting, _MAX_WAITING)
        self.ending = CapacityLimiter(1)
        """A separate thread to kill queries, so that reads cannot delay it."""

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a slot, and occupy it while in the block.

        Raises:
            RetryLaterError: none became free in time, or too many reads wait already.
        """
        if self._waiting >= self._max_waiting:
            raise RetryLaterError(f"{self._max_waiting} reads are waiting already: retry")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._free.acquire()
        except TimeoutError:
            raise RetryLaterError("too many reads are running: retry") from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


async def read(request: Request, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `work` in a thread; its queries are killed when the client disconnects.

    `work` must only read. Call this after the request's body has been read.

    Raises:
        QueryTimeoutError: a query exceeded its time limit.
        RetryLaterError: no slot became free in time.
    """
    slots: ReadSlots = request.app.state.read_slots
    with named_reader() as reader:
        gone = asyncio.Event()
        watching = asyncio.create_task(_end_with_client(request, reader, gone))
        try:
            async with slots.slot():
                if gone.is_set():
                    raise RetryLaterError("the client disconnected before its read started")
                return await run_in_threadpool(work, *args, **kwargs)
        finally:
            watching.cancel()


async def read_json(
    request: Request,
    shape: Callable[[T], dict[str, Any]],
    work: Callable[P, T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Response:
    """The JSON of the result of `work`, shaped and rendered in the same thread.

    A large page rendered on the event loop would keep it from other requests.
    """

    def rendered() -> bytes:
        return _ANY.dump_json(shape(work(*args, **kwargs)))

    return Response(await read(request, rendered), media_type="application/json")


async def read_session(request: Request, name: str, *, with_details: bool = False) -> Session:
    """The session by its `_id` or external id.

    Raises:
        NotFoundError: there is no such session visible to the request's key.
    """
    database, by = request.app.state.database, principal_of(request)
    session = await read(
        request, get_session, database, by.workspace_id, name, with_details=with_details
    )
    if session is None or not by.sees(session.project_id):
        raise NotFoundError(f"there is no session {name!r}")
    return session


async def _end_with_client(request: Request, reader: str, gone: asyncio.Event) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()
    database: Database = request.app.state.database
    ending: CapacityLimiter = request.app.state.read_slots.ending
    # The work may have more queries to come.
    while True:
        await to_thread.run_sync(database.kill_queries, reader, limiter=ending)
        await asyncio.sleep(_AGAIN_SECONDS)
