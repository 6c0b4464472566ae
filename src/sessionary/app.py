"""Wire everything: the one place that knows all parts."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from sessionary import __version__
from sessionary.api import (
    failures,
    health,
    maintenance,
    otlp_http,
    sample,
    session_events,
    sessions,
    sessions_export,
)
from sessionary.api.otlp_grpc import GrpcReceiver
from sessionary.events.feed import Feed
from sessionary.ingest.flusher import Ingest
from sessionary.settings import Settings
from sessionary.store.data_folder import ADDRESS_FILE
from sessionary.store.database import Database
from sessionary.store.migrate import migrate


def create_app(settings: Settings, *, is_listening: bool = True) -> FastAPI:
    """The application; opening the store waits for its lifespan.

    `is_listening` is False for a process that only borrows the API (the CLI): it then neither
    starts gRPC nor leaves its address in the data folder.

    Raises (on entering the lifespan):
        DataFolderInUseError: another process has the folder.
        ConfigurationError: a setting that cannot work.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        feed = Feed(asyncio.get_running_loop(), kept=settings.kept_events)
        database = Database(
            settings.database_url,
            clients=settings.read_clients,
            memory_bytes=settings.max_memory_bytes,
            read_seconds=settings.query_timeout_seconds,
            on_change=feed.publish,
        )
        migrate(database)
        ingest = Ingest(database, settings)
        ingest.start()
        app.state.database, app.state.ingest, app.state.feed = database, ingest, feed
        grpc = GrpcReceiver(ingest, settings)
        try:
            if is_listening:
                if settings.grpc_port:
                    await grpc.start(settings.host, settings.grpc_port)
                _leave_address(settings)
            yield
        finally:
            await grpc.stop()
            await run_in_threadpool(ingest.stop)
            if is_listening:
                _take_address_away(settings)
            database.close()

    app = FastAPI(
        title="Sessionary",
        version=__version__,
        summary="What did this LLM session cost, how many tokens, how long, who.",
        lifespan=lifespan,
        redoc_url=None,
    )
    app.state.settings = settings
    failures.install(app)
    app.add_api_route("/", _documentation, include_in_schema=False)
    for part in (otlp_http, session_events, sessions_export, sessions, maintenance, sample, health):
        app.include_router(part.router())
    return app


async def _documentation() -> RedirectResponse:
    return RedirectResponse("/docs")


def _leave_address(settings: Settings) -> None:
    if settings.data_folder is not None:
        host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host
        address = {"url": f"http://{host}:{settings.port}", "pid": os.getpid()}
        (settings.data_folder / ADDRESS_FILE).write_text(json.dumps(address))


def _take_address_away(settings: Settings) -> None:
    if settings.data_folder is not None:
        (settings.data_folder / ADDRESS_FILE).unlink(missing_ok=True)
