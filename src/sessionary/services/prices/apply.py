"""Price stored calls again, and recompute their traces and sessions."""

import logging
from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from sessionary.model.price import CallScope
from sessionary.model.progress import Progress
from sessionary.pricing.tariff import PriceBook, PriceBooks
from sessionary.services.prices.reprice import reprice
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.retries import retried
from sessionary.store.pending_writes.complete import uninterrupted
from sessionary.store.pending_writes.intents import Repricing, pending_writes, record, remove
from sessionary.store.prices.repricing import Window, calls_of, store_repriced, windows
from sessionary.store.rollup.rollup import TouchedTraces, roll_up

log = logging.getLogger(__name__)

STEP = "calls"
_KEYS = ("trace_id", "span_id", "arrived_ns")
_COSTS = ("input_cost", "output_cost", "total_cost", "cost_source")


@dataclass(frozen=True, slots=True)
class Applied:
    """How many calls got another cost."""

    calls: int


def apply(
    database: Database, workspace_id: str, book: PriceBook, scope: CallScope
) -> Generator[Progress | Applied, None, None]:
    """Give the calls of a scope the prices of the book; the last item is the result.

    Part by part, ingest and reading going on in between. Done again it changes nothing. The next
    start completes one that was interrupted. What clients reported stays.
    """
    repricing = Repricing(workspace_id, scope.model, scope.provider, scope.valid_from_ns)
    with uninterrupted(database) as connection:
        record(connection, repricing)
        parts = windows(connection, workspace_id, scope)
    done, total, changed = 0, sum(part.spans for part in parts), 0
    for part in parts:
        changed += retried(partial(_apply, database, workspace_id, book, scope, part))
        done += part.spans
        yield Progress(STEP, done, total)
    retried(partial(_end, database, repricing))
    yield Applied(changed)


def _end(database: Database, repricing: Repricing) -> None:
    with database.rollup_connection() as connection:
        remove(database, connection, repricing)


def complete_repricings(
    database: Database, books: PriceBooks
) -> Generator[Progress | Applied, None, None]:
    """Apply the prices of scopes that an earlier process was interrupted in."""
    with database.read_connection() as connection:
        writes = pending_writes(connection)
    for write in writes:
        if isinstance(write, Repricing):
            scope = CallScope(write.model, write.provider, write.valid_from_ns)
            log.warning("completing an interrupted re-pricing of calls of %r", scope.model)
            for step in apply(database, write.workspace_id, books.of(write.workspace_id), scope):
                log.info("re-pricing calls of %r: %s", scope.model, step)
                yield step


def _apply(
    database: Database, workspace_id: str, book: PriceBook, scope: CallScope, window: Window
) -> int:
    with uninterrupted(database) as connection:
        # No copy of a call may arrive between reading it and storing it with another cost.
        with database.insert_connection():
            calls = calls_of(connection, workspace_id, scope, window)
            repriced = reprice(calls, book)
            if not len(repriced):
                return 0
            touched = _touched(workspace_id, repriced)
            record(connection, touched)
            columns = {name: repriced.column(f"new_{name}") for name in _COSTS}
            keys = {name: repriced.column(name) for name in _KEYS}
            store_repriced(connection, workspace_id, window, pa.table(keys | columns))
        roll_up(connection, touched, version=database.next_version())
        remove(database, connection, touched)
    return len(repriced)


def _touched(workspace_id: str, calls: pa.Table) -> TouchedTraces:
    bounds = pc.min_max(calls.column("start_ns")).as_py()
    trace_ids = pc.unique(calls.column("trace_id")).to_pylist()
    return TouchedTraces(workspace_id, trace_ids, bounds["min"], bounds["max"])
