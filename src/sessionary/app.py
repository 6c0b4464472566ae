"""Wire everything: the one place that knows all parts."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from functools import partial

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from sessionary import __version__
from sessionary.access.api_keys import keep_bootstrap_key
from sessionary.access.audit import note
from sessionary.access.gate import Gate, refuse_without_keys
from sessionary.access.keyring import Keyring
from sessionary.access.sign_ins import SignIns
from sessionary.api import (
    about,
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
    retention,
    sample,
    scores,
    session_costs,
    session_events,
    session_filters,
    session_timeline,
    session_totals,
    sessions,
    sessions_export,
    share_links,
    shared,
    sign_in,
    stats,
    traces,
    workspaces,
)
from sessionary.api.access import GUARDED, WHOLE_WORKSPACE, AccessMiddleware
from sessionary.api.otlp_grpc import GrpcReceiver
from sessionary.api.pages import PagesMiddleware
from sessionary.api.route import operation_id
from sessionary.events.feed import Feed
from sessionary.ingest.flusher import Ingest
from sessionary.maintenance.retention import Outlived, Retention
from sessionary.model.access import Principal
from sessionary.settings import Settings
from sessionary.store.data_folder import ADDRESS_FILE
from sessionary.store.database import Database
from sessionary.store.migrate import migrate
from sessionary.traces.trees import Trees

# What a key of one project may not ask, since it cannot be kept to the project yet.
_WHOLE_WORKSPACE_PARTS = (
    session_events,
    conversation,
    traces,
    contacts,
    identities,
    scores,
    feedback,
    annotations,
    retention,
)
_GUARDED_PARTS = (
    otlp_http,
    sessions_export,
    share_links,
    session_costs,
    session_timeline,
    session_filters,
    session_totals,
    sessions,
    maintenance,
    sample,
    projects,
    api_keys,
    workspaces,
    audit_log,
    sign_in,
    about,
    stats,
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
            app.state.retention = Retention(
                database, settings.retention_days, partial(_note_retention, database)
            )
            app.state.started_at = time.monotonic()
            app.state.sign_ins = SignIns(database, keyring)
            app.state.trees = Trees()
            ingest.start()
            background = [asyncio.create_task(keyring.keep_fresh())]
            if is_listening:
                background.append(asyncio.create_task(app.state.retention.keep()))
            grpc = GrpcReceiver(ingest, gate, settings)
            try:
                if is_listening:
                    if settings.grpc_port:
                        await grpc.start(settings.host, settings.grpc_port)
                    _leave_address(settings)
                yield
            finally:
                await grpc.stop()
                for task in background:
                    task.cancel()
                await asyncio.wait(background)
                await run_in_threadpool(ingest.stop)
                await run_in_threadpool(keyring.write_uses)
                if is_listening:
                    _take_address_away(settings)

    app = FastAPI(
        title="Sessionary",
        version=__version__,
        summary="What did this LLM session cost, how many tokens, how long, who.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    app.state.settings = settings
    app.add_middleware(AccessMiddleware, settings=settings)
    # Outside of access: pages tell nothing, and who has no key yet signs in on one.
    app.add_middleware(PagesMiddleware)
    failures.install(app)
    document.install(app)
    paths.register()
    app.include_router(health.router())
    app.include_router(sign_in.open_router())
    app.include_router(shared.router())
    # First what has more in its path: an external id may have slashes, and takes all that follows.
    for part in _WHOLE_WORKSPACE_PARTS:
        app.include_router(part.router(), dependencies=[*GUARDED, WHOLE_WORKSPACE])
    for part in _GUARDED_PARTS:
        app.include_router(part.router(), dependencies=GUARDED)
    return app


def _note_retention(database: Database, workspace_id: str, deleted: Outlived) -> None:
    by = Principal(workspace_id, frozenset(), name="retention")
    detail = f"sessions: {deleted.sessions}, traces in none: {deleted.traces}"
    note(database, by, "retention.delete", workspace_id, detail=detail)


def _leave_address(settings: Settings) -> None:
    if settings.data_folder is not None:
        host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host
        address = {"url": f"http://{host}:{settings.port}", "pid": os.getpid()}
        (settings.data_folder / ADDRESS_FILE).write_text(json.dumps(address))


def _take_address_away(settings: Settings) -> None:
    if settings.data_folder is not None:
        (settings.data_folder / ADDRESS_FILE).unlink(missing_ok=True)
