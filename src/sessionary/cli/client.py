"""The HTTP API as the commands use it: of a running server, else of the app in this process."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from sessionary.cli.engine import make_app
from sessionary.cli.options import Place, load_settings
from sessionary.errors import SessionaryError
from sessionary.settings import Settings

Json = dict[str, Any]
Progress = Callable[[int, int, str], None]
"""Called with how much is done, of how much, and the step's name."""

_NDJSON = {"accept": "application/x-ndjson"}
_READY_SECONDS = 2.0
_CONNECT_SECONDS = 10.0


class ApiError(SessionaryError):
    """The API refused a command's request, or could not be reached."""


@dataclass(frozen=True, slots=True)
class Client:
    """Requests to the API; an answer that is an error becomes an `ApiError`."""

    http: httpx.AsyncClient

    async def get(self, path: str, **parameters: str) -> Json:
        """The object at `path`."""
        return await self._send("GET", path, params=parameters)

    async def post(self, path: str, body: Mapping[str, object] | None = None) -> Json:
        """The answer to a body."""
        return await self._send("POST", path, json=body)

    async def delete(self, path: str) -> Json:
        """Delete what is at `path`."""
        return await self._send("DELETE", path)

    async def follow(self, path: str, on_progress: Progress) -> Json:
        """Run long work; its result, once the server has told of the last step."""
        try:
            async with self.http.stream("POST", path, headers=_NDJSON) as response:
                if response.is_error:
                    await response.aread()
                    raise _refusal(response)
                async for line in response.aiter_lines():
                    told: Json = json.loads(line)
                    if "result" in told:
                        result: Json = told["result"]
                        return result
                    if "message" in told:
                        raise ApiError(told["message"])
                    on_progress(told["done"], told["total"], told["step"])
        except httpx.TransportError as error:
            raise _unreachable(self.http.base_url, error) from error
        raise ApiError(f"{path} ended before its result: the server's log says why")

    async def _send(self, method: str, path: str, **content: Any) -> Json:
        try:
            response = await self.http.request(method, path, **content)
        except httpx.TransportError as error:
            raise _unreachable(self.http.base_url, error) from error
        if response.is_error:
            raise _refusal(response)
        answer: Json = response.json()
        return answer


def ask[T](place: Place, work: Callable[[Client], Awaitable[T]]) -> T:
    """Run a command's requests where its data is.

    Raises:
        ApiError: a request failed.
        ConfigurationError: neither a server nor the database can be had.
    """

    async def run() -> T:
        async with _connected(place) as client:
            return await work(client)

    return asyncio.run(run())
