"""A slow read: how long it may take, and that it ends with its client."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI, Request

from sessionary.api.reading import read
from sessionary.errors import QueryTimeoutError, StorageError
from sessionary.store.database import Database, Rows

# Hours of work, were it let.
ENDLESS = "SELECT count() AS count FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))"
QUICK = "SELECT 1 AS one"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A store of one reader, whose reads may take a minute."""
    opened = Database(
        f"chdb://{tmp_path / 'data'}", clients=1, memory_bytes=512 * 1024 * 1024, read_seconds=60
    )
    yield opened
    opened.close()


def rows(database: Database, sql: str) -> Rows:
    with database.reading() as session:
        return session.rows_of(sql)


def test_a_read_that_takes_too_long_is_told_so(database: Database) -> None:
    """As a 503 that says what to do; the reader is free for the next."""
    with pytest.raises(QueryTimeoutError, match="ask for less") as told:
        rows(database, f"{ENDLESS} SETTINGS max_execution_time = 1")
    assert told.value.status == 503
    assert rows(database, QUICK) == [{"one": 1}]


def test_a_read_ends_when_its_client_goes_away(database: Database) -> None:
    """So that the next one need not wait for it."""
    app = FastAPI()
    app.state.database = database

    async def gone() -> dict[str, str]:
        await asyncio.sleep(0.2)
        return {"type": "http.disconnect"}

    async def run() -> Rows:
        request = Request({"type": "http", "app": app}, gone)
        with pytest.raises(StorageError, match="cancelled"):
            await read(request, rows, database, ENDLESS)
        return await asyncio.to_thread(rows, database, QUICK)

    assert asyncio.run(run()) == [{"one": 1}]
