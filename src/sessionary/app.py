"""Wire everything: the one place that knows all parts."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from sessionary import __version__
from sessionary.access.api_keys import keep_bootstrap_key
from sessionary.access.gate import Gate, refuse_without_keys
from sessionary.access.keyring import Keyring
from sessionary.api import (
    annotations,
    api_keys,
    audit_log,
    contacts,
    conversation,
    document,
    failures,
    feedback,
    health,
    identities,
    maintenance,
    otlp_http,
    paths,
    projects,
    sample,
    scores,
    session_events,
    sessions,
    sessions_export,
    stats,
    support,
    traces,
    workspaces,
)
from sessionary.api.access import GUARDED, WHOLE_WORKSPACE, AccessMiddleware
from sessionary.api.otlp_grpc import GrpcReceiver
from sessionary.api.route import operation_id
from sessionary.events.feed import Feed
from sessionary.ingest.flusher import Ingest
from sessionary.settings import Settings
from sessionary.store.data_folder import ADDRESS_FILE
from sessionary.store.database import Database
from sessionary.store.migrate import migrate

# What a key of one project may not ask: a person takes part in several.
_WHOLE_WORKSPACE_PARTS = (contacts, identities)
# First what has more in its path: an external id may have slashes, and takes all that follows.
_GUARDED_PARTS = (
    session_events,
    conversation,
    traces,
    scores,
    feedback,
    annotations,
    otlp_http,
    sessions_export,
    sessions,
    maintenance,
    sample,
    projects,
    api_keys,
    workspaces,
    audit_log,
    stats,
    support,
)


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
            is_heard=feed.is_heard,
        )
        with closing(database):
            migrate(database)
            keyring = Keyring(database)
            keyring.load()
            if is_listening:
                keep_bootstrap_key(database, keyring, settings.bootstrap_api_key)
                refuse_without_keys(keyring, settings)
            gate = Gate(keyring, settings)
            ingest = Ingest(database, settings)
            app.state.database, app.state.ingest, app.state.feed = database, ingest, feed
            app.state.keyring, app.state.gate = keyring, gate
            ingest.start()
            refreshing = asyncio.create_task(keyring.keep_fresh())
            grpc = GrpcReceiver(ingest, gate, settings)
            try:
                if is_listening:
                    if settings.grpc_port:
                        await grpc.start(settings.host, settings.grpc_port)
                    _leave_address(settings)
                yield
            finally:
                await grpc.stop()
                refreshing.cancel()
                await run_in_threadpool(ingest.stop)
                await run_in_threadpool(keyring.write_uses)
                if is_listening:
                    _take_address_away(settings)

    app = FastAPI(
        title="Sessionary",
        version=__version__,
        summary="What did this LLM session cost, how many tokens, how long, who.",
        lifespan=lifespan,
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    app.state.settings = settings
    app.add_middleware(AccessMiddleware, settings=settings)
    failures.install(app)
    document.install(app)
    app.add_api_route("/", _documentation, include_in_schema=False)
    paths.register()
    app.include_router(health.router())
    for part in _WHOLE_WORKSPACE_PARTS:
        app.include_router(part.router(), dependencies=[*GUARDED, WHOLE_WORKSPACE])
    for part in _GUARDED_PARTS:
        app.include_router(part.router(), dependencies=GUARDED)
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
