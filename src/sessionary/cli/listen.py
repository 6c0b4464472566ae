"""Listen: the socket, the signals and the order in which a server starts and ends."""

import asyncio
import gc
import logging
import os
import signal
import socket
from collections.abc import Callable, Coroutine
from types import FrameType
from typing import TYPE_CHECKING

import uvicorn

from sessionary.cli.engine import make_app
from sessionary.errors import ConfigurationError
from sessionary.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)

_KEEP_ALIVE_SECONDS = 75
_DRAIN_SECONDS = 8
_BACKLOG = 2048

Welcome = Callable[["FastAPI"], Coroutine[None, None, None]]


def bind(settings: Settings) -> socket.socket:
    """A socket that listens on the address; connections wait until the server takes them.

    Raises:
        ConfigurationError: the address cannot be had.
    """
    where = f"{settings.host}:{settings.port}"
    try:
        family, _, _, _, address = socket.getaddrinfo(
            settings.host, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(
            (str(address[0]), int(address[1])), family=family, backlog=_BACKLOG
        )
    except socket.gaierror as error:
        raise ConfigurationError(f"--host {settings.host!r} is not an address: {error}") from error
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise ConfigurationError(
            f"cannot listen on {where}: {reason}; stop what has the port, or choose another "
            "(--port)"
        ) from error


def run_server(settings: Settings, listener: socket.socket, welcome: Welcome) -> None:
    """Serve until a signal, then answer what was begun and store what was taken.

    `welcome` is called once the store is open; requests are taken meanwhile.

    Raises:
        DataFolderInUseError: another process has the data folder.
        ConfigurationError: a setting that cannot work.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    app = make_app(settings)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http="httptools",
        ws="none",
        lifespan="off",  # entered below, so that an error in it reaches the caller
        access_log=False,
        server_header=False,
        proxy_headers=False,  # api/proxies.py
        log_config=None,
        log_level="warning",
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    server = _EndingStreams(config, app)

    async def serve() -> None:
        async with app.router.lifespan_context(app):
            # What was made to serve lasts: no collection of garbage need look through it again.
            gc.freeze()
            _end_quietly()
            welcoming = asyncio.create_task(welcome(app))
            welcoming.add_done_callback(_tell_failure)
            await server.serve(sockets=[listener])
            welcoming.cancel()
            await asyncio.wait([welcoming])

    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(serve())


class _EndingStreams(uvicorn.Server):
    """Ends the streams of events before it waits for answers to end: they have no end."""

    def __init__(self, config: uvicorn.Config, app: "FastAPI") -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.feed.close()
        await super().shutdown(sockets)


def _end_quietly() -> None:
    """Have a signal that uvicorn drained for end the process with exit code 0: uvicorn raises it
    once more at its end, for the handler that was there before its own."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _nothing)


def _nothing(_number: int, _frame: FrameType | None) -> None:
    pass


def _tell_failure(welcoming: "asyncio.Task[None]") -> None:
    if not welcoming.cancelled() and (error := welcoming.exception()):
        log.error("the welcome failed; the server serves", exc_info=error)
