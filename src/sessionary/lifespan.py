"""What the application has open while it runs, in the order in which it is started."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from sessionary.api.network.body_budget import BodyBudget
from sessionary.api.network.connections import connection_limits
from sessionary.api.otlp.grpc import GrpcReceiver
from sessionary.api.reads import ReadSlots
from sessionary.ingest.flusher import Ingest
from sessionary.ingest.message_indexer import MessageIndexer
from sessionary.model.access import Principal
from sessionary.pricing.tariff import PriceBooks
from sessionary.services.access.api_keys import save_bootstrap_key
from sessionary.services.access.audit import record_audit_entry
from sessionary.services.access.concurrency import ConcurrencyLimit
from sessionary.services.access.gate import Gate, refuse_without_keys
from sessionary.services.access.keyring import Keyring
from sessionary.services.access.sign_ins import SignIns
from sessionary.services.events import Feed
from sessionary.services.maintenance.background_tasks import BackgroundTask
from sessionary.services.maintenance.rebuild import finish_rebuild
from sessionary.services.maintenance.retention import Expired, Retention
from sessionary.services.maintenance.scrubbing import Scrubber
from sessionary.services.prices.apply import complete_repricings
from sessionary.services.prices.custom_prices import load_prices, refresh_loop
from sessionary.services.traces.trees import Trees
from sessionary.settings import Settings
from sessionary.store.clickhouse.damaged_parts import report_damage
from sessionary.store.clickhouse.data_folder import ADDRESS_FILE
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.watchdog import StoreWatch
from sessionary.store.disk.open import open_store
from sessionary.store.disk.repair import with_repairs


@asynccontextmanager
async def run(
    app: FastAPI, settings: Settings, *, is_listening: bool, opening: Future[Database] | None
) -> AsyncIterator[None]:
    """Open all that the routes find in `app.state`; stop it, last first, draining what was taken.

    `opening` is the store, if it is already being opened.

    Raises:
        DataFolderInUseError: another process has the folder.
        ConfigurationError: a setting that cannot work.
    """
    async with AsyncExitStack() as stack:
        feed = Feed(asyncio.get_running_loop(), kept=settings.kept_events)
        opened = open_store(settings) if opening is None else await asyncio.wrap_future(opening)
        database = stack.enter_context(closing(opened))
        database.publish_to(feed.publish, feed.has_subscribers)
        watch = StoreWatch(database)
        watch.start()
        stack.push_async_callback(run_in_threadpool, watch.stop)

        keyring = Keyring(database)
        keyring.load()
        if is_listening:
            save_bootstrap_key(database, keyring, settings.bootstrap_api_key)
            refuse_without_keys(keyring, settings)
        stack.push_async_callback(run_in_threadpool, keyring.write_uses)
        gate = Gate(keyring, settings)

        app.state.damaged_parts = await run_in_threadpool(report_damage, database)
        scrubber = Scrubber(database, within_seconds=settings.erasure_seconds)
        if is_listening:
            await run_in_threadpool(scrubber.start)
            stack.push_async_callback(run_in_threadpool, scrubber.stop)
        books = PriceBooks()
        load_prices(database, books)
        ingest = Ingest(database, settings, books)
        with_repairs(database, ingest.start)
        stack.push_async_callback(run_in_threadpool, ingest.stop)
        finish_rebuild(database)
        lasting = BackgroundTask()
        stack.push_async_callback(run_in_threadpool, lasting.stop)
        retention = Retention(database, settings.retention_days, partial(_note, database))
        background = [keyring.refresh_loop(), refresh_loop(database, books)]
        if is_listening:
            background.append(retention.keep())
        await stack.enter_async_context(_beside(background))
        indexer = MessageIndexer(database, is_busy=ingest.is_busy)
        indexer.start()
        stack.push_async_callback(run_in_threadpool, indexer.stop)

        app.state.started_at = time.monotonic()
        app.state.database, app.state.ingest, app.state.feed = database, ingest, feed
        app.state.watch, app.state.stop_grpc = watch, _nothing
        connections = connection_limits(settings).http
        app.state.read_slots = ReadSlots(settings.parallel_reads, max_waiting=connections // 2)
        # Both leave connections to ingest and health checks.
        app.state.event_streams = ConcurrencyLimit(
            connections // 4, per_caller=connections // 8, noun="event streams"
        )
        app.state.bodies = BodyBudget(settings.buffer_bytes)
        app.state.keyring, app.state.gate = keyring, gate
        app.state.sign_ins = SignIns(database, keyring, gate.wrong_tokens)
        app.state.prices, app.state.trees = books, Trees()
        app.state.retention, app.state.indexer = retention, indexer
        app.state.lasting, app.state.scrubber = lasting, scrubber
        if is_listening:
            if settings.grpc_port:
                grpc = GrpcReceiver(ingest, gate, app.state.bodies, settings)
                app.state.stop_grpc = grpc.stop
                stack.push_async_callback(grpc.stop)
                await grpc.start(settings.host, settings.grpc_port)
            stack.enter_context(_address_left(settings))
            lasting.begin(complete_repricings(database, books))
        yield


async def _nothing() -> None:
    """There is no gRPC to stop."""


@asynccontextmanager
async def _beside(works: list[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def _note(database: Database, workspace_id: str, deleted: Expired) -> None:
    by = Principal(workspace_id, frozenset(), name="retention")
    detail = f"sessions: {deleted.sessions}, traces in none: {deleted.traces}"
    record_audit_entry(database, by, "retention.delete", workspace_id, detail=detail)


@contextmanager
def _address_left(settings: Settings) -> Iterator[None]:
    """Where the CLI finds the server that has the data folder."""
    if settings.data_folder is None:
        yield
        return
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::"} else settings.host
    file = settings.data_folder / ADDRESS_FILE
    file.write_text(json.dumps({"url": f"http://{host}:{settings.port}", "pid": os.getpid()}))
    try:
        yield
    finally:
        file.unlink(missing_ok=True)
