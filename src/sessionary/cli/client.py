"""The HTTP API as the commands use it: of a running server, else of the app in this process.

httpx is imported inside the functions here: it takes a while, and a server starts without it.
"""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from sessionary.cli.engine import make_app
from sessionary.cli.options import Place, load_settings
from sessionary.errors import SessionaryError
from sessionary.model.access import LOCAL
from sessionary.store.clickhouse.data_folder import ADDRESS_FILE

if TYPE_CHECKING:
    import httpx
    from fastapi import FastAPI

T = TypeVar("T")
Json = dict[str, Any]
Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and the step's name."""

_NDJSON = {"accept": "application/x-ndjson"}
_READY_SECONDS = 2.0
# Long work responds when it is done, which may take long; a missing server is reported soon.
_PATIENCE = (10.0, None, None, None)  # to connect, read, write, and for the pool
_IN_PROCESS_URL = "http://127.0.0.1"


class ApiError(SessionaryError):
    """The API refused a command's request, or could not be reached."""


@dataclass(frozen=True, slots=True)
class Client:
    """Requests to the API; an answer that is an error becomes an `ApiError`."""

    http: "httpx.AsyncClient"

    async def get(self, path: str, **parameters: str) -> Json:
        """The object at `path`."""
        return await self._send("GET", path, params=parameters)

    async def post(self, path: str, body: Mapping[str, object] | None = None) -> Json:
        """The answer to a body."""
        return await self._send("POST", path, json=body)

    async def put(self, path: str, body: Mapping[str, object]) -> Json:
        """The answer to a body that takes the place of another."""
        return await self._send("PUT", path, json=body)

    async def delete(self, path: str) -> Json:
        """Delete what is at `path`."""
        return await self._send("DELETE", path)

    async def follow(
        self, path: str, on_progress: Progress, body: Mapping[str, object] | None = None
    ) -> Json:
        """Run long work with its progress; returns the result after the last step."""
        with _reaching(self.http):
            async with self.http.stream("POST", path, headers=_NDJSON, json=body) as response:
                if response.is_error:
                    await response.aread()
                    raise _refusal(response)
                async for line in response.aiter_lines():
                    message: Json = json.loads(line)
                    if "result" in message:
                        result: Json = message["result"]
                        return result
                    if "message" in message:
                        raise ApiError(message["message"])
                    on_progress(message["done"], message["total"], message["step"])
        raise ApiError(f"{path} ended before its result: the server's log says why")

    async def download(self, path: str, body: Mapping[str, object]) -> AsyncIterator[bytes]:
        """The answer to a body as it comes; one that is cut off is an error, too."""
        with _reaching(self.http):
            async with self.http.stream("POST", path, json=body) as response:
                if response.is_error:
                    await response.aread()
                    raise _refusal(response)
                async for chunk in response.aiter_bytes():
                    yield chunk

    async def _send(self, method: str, path: str, **content: Any) -> Json:
        with _reaching(self.http):
            response = await self.http.request(method, path, **content)
        if response.is_error:
            raise _refusal(response)
        answer: Json = response.json() if response.content else {}
        return answer


def ask(place: Place, work: Callable[[Client], Awaitable[T]]) -> T:
    """Run a command's requests where its data is.

    Raises:
        ApiError: a request failed.
        ConfigurationError: neither a server nor the database can be had.
    """

    async def run() -> T:
        async with connected(place) as client:
            return await work(client)

    return asyncio.run(run())


@asynccontextmanager
async def connected(place: Place) -> AsyncIterator[Client]:
    """The server that the command names, else the one on the data folder, else this process."""
    settings = load_settings(database_url=place.database_url)
    url = place.url or await _server_on(settings.data_folder)
    if url:
        headers = {"authorization": f"Bearer {place.secret}"} if place.secret else {}
        async with _client(base_url=url, timeout=_PATIENCE, headers=headers) as client:
            yield client
        return
    app = make_app(settings, is_listening=False)
    async with app.router.lifespan_context(app), in_process(app) as client:
        yield client


@asynccontextmanager
async def in_process(app: "FastAPI") -> AsyncIterator[Client]:
    """A client of an app in this process whose lifespan runs; it needs no key."""
    from httpx import ASGITransport  # noqa: PLC0415

    async def trusted(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        # A process that can open the store may do everything.
        await app({**scope, "state": {"principal": LOCAL}}, receive, send)

    transport = ASGITransport(app=trusted, raise_app_exceptions=False)
    async with _client(transport=transport, base_url=_IN_PROCESS_URL) as client:
        yield client


@asynccontextmanager
async def _client(**options: Any) -> AsyncIterator[Client]:
    from httpx import AsyncClient  # noqa: PLC0415

    async with AsyncClient(**options) as http:
        yield Client(http)


def session_path(name: str, *rest: str) -> str:
    """The path of a session by its id or external id, which may hold any character."""
    return "/".join(["/v2/sessions", quote(name, safe=""), *rest])


async def _server_on(folder: Path | None) -> str | None:
    """The address of the server that has the folder open, None where none answers."""
    if folder is None:
        return None
    try:
        address = json.loads((folder / ADDRESS_FILE).read_text())
        url, pid = str(address["url"]), int(address["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    # After a kill -9 the file stays, and another server may have got the port since.
    if not _is_running(pid):
        return None
    with suppress(ApiError):
        async with _client(base_url=url, timeout=_READY_SECONDS) as client:
            with _reaching(client.http):
                return url if (await client.http.get("/readyz")).is_success else None
    return None


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _reaching(http: "httpx.AsyncClient") -> Iterator[None]:
    from httpx import TransportError  # noqa: PLC0415

    try:
        yield
    except TransportError as error:
        reason = str(error) or type(error).__name__
        raise ApiError(f"no answer from {http.base_url}: {reason}") from error


def _refusal(response: "httpx.Response") -> ApiError:
    try:
        return ApiError(str(response.json()["message"]))
    except (ValueError, KeyError, TypeError):
        return ApiError(f"{response.request.url} answered {response.status_code}")
