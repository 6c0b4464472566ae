"""Price again what was stored, and derive anew what it is part of."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from sessionary.model.price import CallScope
from sessionary.model.progress import Progress
from sessionary.prices.reprice import reprice
from sessionary.pricing.tariff import PriceBook
from sessionary.store.database import Database
from sessionary.store.repricing import Window, calls_of, store_repriced, windows
from sessionary.store.rollup import TouchedTraces, roll_up

STEP = "calls"
_KEYS = ("trace_id", "span_id", "arrived_ns")
_COSTS = ("input_cost", "output_cost", "total_cost", "cost_source")


@dataclass(frozen=True, slots=True)
class Applied:
    """How many calls got another cost."""

    calls: int


def apply(
    database: Database, workspace_id: str, book: PriceBook, scope: CallScope
) -> Iterator[Progress | Applied]:
    """Give the calls of a scope the prices of the book; the last item is the result.

    Part by part, ingest and reading going on in between. Done again it changes nothing; one that
    was cut off is finished by doing it again. What clients told stays.
    """
    with database.reading() as session:
        parts = windows(session, workspace_id, scope)
    done, total, changed = 0, sum(part.spans for part in parts), 0
    for part in parts:
        changed += _apply(database, workspace_id, book, scope, part)
        done += part.spans
        yield Progress(STEP, done, total)
    yield Applied(changed)


def _apply(
    database: Database, workspace_id: str, book: PriceBook, scope: CallScope, window: Window
) -> int:
    with database.writing() as session:
        # No copy of a call may arrive between reading it and storing it anew.
        with database.inserting():
            calls = calls_of(session, workspace_id, scope, window)
            repriced = reprice(calls, book)
            if len(repriced):
                columns = {name: repriced.column(f"new_{name}") for name in _COSTS}
                keys = {name: repriced.column(name) for name in _KEYS}
                store_repriced(session, workspace_id, window, pa.table(keys | columns))
        # Also the traces whose calls have their cost: an earlier try may have got no further.
        if len(calls):
            roll_up(session, _touched(workspace_id, calls), version=database.next_version())
    return len(repriced)


def _touched(workspace_id: str, calls: pa.Table) -> TouchedTraces:
    bounds = pc.min_max(calls.column("start_ns")).as_py()
    trace_ids = pc.unique(calls.column("trace_id")).to_pylist()
    return TouchedTraces(workspace_id, trace_ids, bounds["min"], bounds["max"])
