"""A ClickHouse client that fails after a statement, and the application using it."""

import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

import clickhouse_connect
import httpx
from clickhouse_connect.driver.exceptions import OperationalError
from fastapi import FastAPI

from sessionary.app import create_app
from sessionary.settings import Settings
from sessionary.store.clickhouse.pool import Database

_TEMPORARY = re.compile(
    r"\bTEMPORARY\b|^INSERT INTO (touched|measured|derived)_|^SELECT 1 FORMAT Null"
)
# Threads that write in the background.
_BACKGROUND = {"indexer", "scrubber"}
_TEMPORARY_TABLES = {"touched_ids", "touched_sessions", "repriced"}


@dataclass(slots=True)
class Cut:
    """Fail after the `after`-th writing statement, counted from `arm`.

    With `is_crash` every statement after that one fails too, as in a process that was killed.
    """

    after: int
    is_crash: bool = True
    is_armed: bool = False
    statements: list[str] = field(default_factory=list)
    has_failed: bool = False

    def arm(self) -> None:
        """Begin to count."""
        self.is_armed = True

    def run(self, statement: str, execute: Callable[[], Any]) -> Any:
        """Execute a statement, and fail after it if it is the chosen one."""
        if self.has_failed and self.is_crash:
            raise OperationalError("the process was killed")
        done = execute()
        if self._counts(statement):
            self.statements.append(statement)
            if len(self.statements) == self.after:
                self.has_failed = True
                raise OperationalError(f"cut after {statement}")
        return done

    def _counts(self, statement: str) -> bool:
        if not self.is_armed or threading.current_thread().name in {"indexer", "scrubber"}:
            return False
        return not (_TEMPORARY.search(statement) or statement in _TEMPORARY_TABLES)


class _CutClient:
    def __init__(self, client: Any, cut: Cut) -> None:
        self._client, self._cut = client, cut

    def command(self, sql: str, **options: Any) -> Any:
        return self._cut.run(sql, lambda: self._client.command(sql, **options))

    def insert_arrow(self, table: str, rows: Any) -> Any:
        return self._cut.run(table, lambda: self._client.insert_arrow(table, rows))

    def insert(self, table: str, rows: Any, **options: Any) -> Any:
        return self._cut.run(table, lambda: self._client.insert(table, rows, **options))

    def __getattr__(self, name: str) -> Any:
        if name != "close" and self._cut.has_failed and self._cut.is_crash:
            raise OperationalError("the process was killed")
        return getattr(self._client, name)


@contextmanager
def cutting(cut: Cut) -> Iterator[None]:
    """Let connections to ClickHouse opened in the block fail according to `cut`."""
    connect = clickhouse_connect.get_client

    def connect_cut(**options: Any) -> Any:
        return _CutClient(connect(**options), cut)

    with patch.object(clickhouse_connect, "get_client", connect_cut):
        yield


@dataclass(frozen=True, slots=True)
class Running:
    """The application in this process."""

    app: FastAPI
    client: httpx.AsyncClient

    @property
    def database(self) -> Database:
        """The store."""
        database: Database = self.app.state.database
        return database

    async def send(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Send a request; an exception of the application becomes a 500."""
        return await self.client.request(method, path, **options)

    async def verify(self) -> list[Any]:
        """The differences between stored figures and those recomputed from spans."""
        response = await self.send("POST", "/v2/sessions/verify")
        assert response.status_code == 200, response.text
        differences: list[Any] = response.json()["differences"]
        return differences


def application(folder: Path) -> FastAPI:
    """The whole application on a data folder; it can be started repeatedly."""
    return create_app(Settings(database_url=f"chdb://{folder}", grpc_port=0, read_clients=1))


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[Running]:
    """Start the application as `sessionary serve` does, but without sockets."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
    async with app.router.lifespan_context(app), client:
        yield Running(app, client)
