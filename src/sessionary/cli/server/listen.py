"""Listen: the socket, the signals and the order in which a server starts and ends."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Coroutine
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Any

import uvicorn

from sessionary.api.network.connections import (
    Connections,
    connection_limits,
    raise_descriptor_limit,
)
from sessionary.api.network.http_protocol import BoundedProtocol
from sessionary.cli.engine import make_app
from sessionary.cli.server.deadline import EndDeadline
from sessionary.errors import ConfigurationError
from sessionary.settings import Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)

_KEEP_ALIVE_SECONDS = 75
# Requests in flight have this long to finish; the store then has the rest of `END_SECONDS`.
_DRAIN_SECONDS = 4
# Between closing connections and cancelling their tasks.
_GIVE_UP_SECONDS = 0.7
_BACKLOG = 2048
# The event loop asks for the interpreter's lock after each wait; other threads give it up so soon.
_SWITCH_SECONDS = 0.001

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
    """Serve until a signal, then answer requests in flight and store what was accepted.

    `welcome` is called once the store is open; requests are accepted meanwhile.

    Raises:
        DataFolderInUseError: another process has the data folder.
        ConfigurationError: a setting that cannot work.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    raise_descriptor_limit()
    sys.setswitchinterval(_SWITCH_SECONDS)
    app = make_app(settings)
    connections = Connections(connection_limits(settings).http)
    protocol: Any = partial(BoundedProtocol, connections_table=connections)
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=protocol,
        ws="none",
        lifespan="off",  # entered below, so that an error in it reaches the caller
        access_log=False,
        server_header=False,
        proxy_headers=False,  # api/network/proxies.py
        log_config=None,
        log_level="warning",
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=_DRAIN_SECONDS,
    )
    server = _Server(config, app, connections)

    async def serve() -> None:
        async with app.router.lifespan_context(app):
            # What was made to serve lasts: no collection of garbage need look through it again.
            gc.freeze()
            server.handle_signals()
            background = [asyncio.create_task(connections.watch_deadlines())]
            background.append(asyncio.create_task(welcome(app)))
            for task in background:
                task.add_done_callback(_log_failure)
            await server.serve(sockets=[listener])
            for task in background:
                task.cancel()
            await asyncio.wait(background)

    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(serve())


class _Server(uvicorn.Server):
    """Ends in bounded time: streams of events first, then what is in flight, then by force."""

    def __init__(self, config: uvicorn.Config, app: "FastAPI", connections: Connections) -> None:
        super().__init__(config)
        self._app = app
        self._connections = connections
        self._deadline = EndDeadline(lambda: app.state.watch.busy())

    def handle_signals(self) -> None:
        """Handle signals before uvicorn does, and when it raises them once more at its end.

        Its own handler is then restored to this one, and the process exits with status 0.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop."""
        self._deadline.start()
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drain HTTP and gRPC at the same time; what takes too long is cancelled."""
        self._app.state.feed.close()
        self._connections.drain()
        giving_up = asyncio.get_running_loop().call_later(
            _DRAIN_SECONDS - _GIVE_UP_SECONDS, self._connections.give_up
        )
        async with asyncio.TaskGroup() as group:
            group.create_task(self._app.state.stop_grpc())
            group.create_task(super().shutdown(sockets))
        giving_up.cancel()


def _log_failure(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and (error := task.exception()):
        log.error("a background task of the server failed; the server continues", exc_info=error)
