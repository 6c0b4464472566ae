"""Read the store for a request, for as long as its client waits, and what its key may see."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from sessionary.api.access import principal_of
from sessionary.errors import NotFoundError
from sessionary.model.session import Session
from sessionary.store.database import Database
from sessionary.store.reader import named_reader
from sessionary.store.sessions import get_session

P = ParamSpec("P")
T = TypeVar("T")

_AGAIN_SECONDS = 1.0


async def read(request: Request, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `work` reads, in a thread; its queries end when the client goes away.

    Only for what reads, and once the request's body has been read.

    Raises:
        QueryTimeoutError: a query took longer than one may.
    """
    with named_reader() as reader:
        watching = asyncio.create_task(_end_with_client(request, reader))
        try:
            return await run_in_threadpool(work, *args, **kwargs)
        finally:
            watching.cancel()


async def read_session(request: Request, name: str, *, with_details: bool = False) -> Session:
    """The session by its `_id` or external id.

    Raises:
        NotFoundError: there is none that the request's key may see.
    """
    database, by = request.app.state.database, principal_of(request)
    session = await read(
        request, get_session, database, by.workspace_id, name, with_details=with_details
    )
    if session is None or not by.sees(session.project_id):
        raise NotFoundError(f"there is no session {name!r}")
    return session


async def _end_with_client(request: Request, reader: str) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    database: Database = request.app.state.database
    # The work may have more queries to come, or still wait for its turn.
    while True:
        await run_in_threadpool(database.end_reads, reader)
        await asyncio.sleep(_AGAIN_SECONDS)
