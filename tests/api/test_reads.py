"""Slow reads: their time limit, and cancellation when the client disconnects."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from anyio import to_thread
from fastapi import FastAPI, Request

from sessionary.api.reads import ReadSlots, read
from sessionary.errors import QueryTimeoutError, RetryLaterError, StorageError
from sessionary.store.clickhouse.pool import Connection, Database, Rows
from tests.support.waiting import eventually_async

# Would take hours.
ENDLESS = "SELECT count() AS count FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))"
QUICK = "SELECT 1 AS one"
# Fails after a thousand rows.
FAILS_MIDWAY = (
    "SELECT number AS one, throwIf(number = 1000) FROM numbers(2000) SETTINGS max_block_size = 100"
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A store with one reader and a time limit of a minute."""
    opened = Database(
        f"chdb://{tmp_path / 'data'}", clients=1, memory_bytes=512 * 1024 * 1024, read_seconds=60
    )
    yield opened
    opened.close()


def rows(database: Database, sql: str) -> Rows:
    with database.read_connection() as connection:
        return connection.rows_of(sql)


@dataclass(slots=True)
class EndlessRead:
    """A read that does not end, and whether it has started."""

    started: threading.Event = field(default_factory=threading.Event)

    def rows(self, database: Database) -> Rows:
        """Read until the query is cancelled."""
        self.started.set()
        return rows(database, ENDLESS)


def test_read_over_its_time_limit_is_503(database: Database) -> None:
    """The message says what to do; the reader is free for the next read."""
    with pytest.raises(QueryTimeoutError, match="ask for less") as raised:
        rows(database, f"{ENDLESS} SETTINGS max_execution_time = 1")
    assert raised.value.status == 503
    assert rows(database, QUICK) == [{"one": 1}]


def test_read_is_cancelled_when_its_client_disconnects(database: Database) -> None:
    """So that the next read need not wait, even if all threads are busy."""

    endless = EndlessRead()

    async def gone() -> dict[str, str]:
        await eventually_async(endless.started.is_set)
        return {"type": "http.disconnect"}

    async def run() -> Rows:
        to_thread.current_default_thread_limiter().total_tokens = 1
        request = request_of(database, gone)
        with pytest.raises(StorageError, match="cancelled"):
            await read(request, endless.rows, database)
        return await read(request_of(database, stays), rows, database, QUICK)

    assert asyncio.run(run()) == [{"one": 1}]


def test_waiting_reads_occupy_no_thread(database: Database) -> None:
    """They are 503 after a timeout; reads of disconnected clients do not start."""
    leave = asyncio.Event()
    endless = EndlessRead()

    async def leaves() -> dict[str, str]:
        await leave.wait()
        return {"type": "http.disconnect"}

    async def run() -> Rows:
        slow_request = request_of(database, leaves)
        slow = asyncio.create_task(read(slow_request, endless.rows, database))
        await eventually_async(endless.started.is_set)
        others = [request_of(database, stays, of=slow_request) for _ in range(50)]
        waiting = [read(request, rows, database, QUICK) for request in others]
        refused = await asyncio.gather(*waiting, return_exceptions=True)
        assert {(type(e), getattr(e, "status", 0)) for e in refused} == {(RetryLaterError, 503)}
        assert to_thread.current_default_thread_limiter().borrowed_tokens == 1
        leave.set()
        await asyncio.wait([slow])
        return await read(others[0], rows, database, QUICK)

    assert asyncio.run(run()) == [{"one": 1}]


@pytest.mark.parametrize(
    "connect",
    [
        Database.read_connection,
        Database.rollup_connection,
        Database.insert_connection,
        Database.index_connection,
    ],
)
def test_failed_query_leaves_no_rows_to_the_next(
    database: Database, connect: Callable[[Database], AbstractContextManager[Connection]]
) -> None:
    """The next may belong to another caller: each gets only its own rows."""
    for _ in range(2):
        with pytest.raises(StorageError, match="throwIf"), connect(database) as connection:
            connection.rows_of(FAILS_MIDWAY)
        with connect(database) as connection:
            assert connection.rows_of(QUICK) == [{"one": 1}]


async def stays() -> dict[str, str]:
    await asyncio.Event().wait()
    return {}


def request_of(
    database: Database,
    receive: Callable[[], Awaitable[dict[str, str]]],
    *,
    of: Request | None = None,
) -> Request:
    """A request with this `receive`, to the application of another or a new one."""
    app = FastAPI() if of is None else of.app
    if of is None:
        app.state.database = database
        app.state.read_slots = ReadSlots(1, wait_seconds=0.5)
    return Request({"type": "http", "app": app}, receive)
