"""What pricing again would change, computed without writing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from sessionary.model.price import CallScope
from sessionary.model.progress import Progress
from sessionary.pricing.tariff import PriceBook
from sessionary.services.prices.apply import STEP
from sessionary.services.prices.reprice import reprice
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.prices.repricing import Window, calls_of, counted_calls, windows

_MAX_SESSIONS = 10
_FIGURES = ("calls", "cost_before", "cost_after", "unpriced_before", "unpriced_after")
_MONEY = pa.decimal128(38, 12)
# Rows to collect before they are summed.
_ROWS_KEPT = 200_000
_NO_COST = Decimal(0)


@dataclass(frozen=True, slots=True)
class Change:
    """What calls that count cost before and after, in US dollars, and how many had no price."""

    calls: int = 0
    cost_before: Decimal = _NO_COST
    cost_after: Decimal = _NO_COST
    unpriced_before: int = 0
    unpriced_after: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """The calls that would cost something else, by model and by session.

    `sessions` are those whose cost would change most, of `sessions_count`; calls outside a
    session are in none. Calls that no trace counts, as another span reports them too, are left out.
    """

    change: Change = Change()
    traces_count: int = 0
    sessions_count: int = 0
    models: dict[str, Change] = field(default_factory=dict)
    sessions: dict[str, Change] = field(default_factory=dict)


def preview(
    database: Database, workspace_id: str, book: PriceBook, scope: CallScope
) -> Iterator[Progress | Preview]:
    """What `apply` would change; the last item is the preview."""
    with database.read_connection() as connection:
        parts = windows(connection, workspace_id, scope)
    done, total = 0, sum(part.spans for part in parts)
    by_trace, by_model = _Sums("session_id", "trace_id"), _Sums("response_model")
    if not parts:
        yield Preview()
        return
    for part in parts:
        with database.read_connection() as connection:
            changes = _changes(connection, workspace_id, book, scope, part)
        by_trace.add(changes)
        by_model.add(changes)
        done += part.spans
        yield Progress(STEP, done, total)
    yield _preview(by_trace.table(), by_model.table())


def _changes(
    connection: Connection, workspace_id: str, book: PriceBook, scope: CallScope, window: Window
) -> pa.Table:
    """The calls that count and would cost something else, with the figures of `Change`."""
    repriced = reprice(calls_of(connection, workspace_id, scope, window), book)
    trace_ids = pc.unique(repriced.column("trace_id")).to_pylist()
    counted = counted_calls(connection, workspace_id, trace_ids)
    found = repriced.join(counted, ["trace_id", "span_id"], join_type="inner")
    is_sound = pc.invert(found.column("is_error"))
    return pa.table(
        {
            "trace_id": found.column("trace_id"),
            "session_id": found.column("session_id"),
            "response_model": found.column("response_model"),
            "calls": pa.array([1] * len(found), pa.int64()),
            "cost_before": found.column("total_cost").cast(_MONEY),
            "cost_after": found.column("new_total_cost").cast(_MONEY),
            "unpriced_before": _unpriced(found.column("cost_source"), is_sound),
            "unpriced_after": _unpriced(found.column("new_cost_source"), is_sound),
        }
    )


def _unpriced(sources: pa.ChunkedArray, is_sound: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.and_(pc.equal(sources, "none"), is_sound).cast(pa.int64())


class _Sums:
    """The figures of `Change` by some keys, added up as they come."""

    def __init__(self, *keys: str) -> None:
        self._keys = keys
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def add(self, changes: pa.Table) -> None:
        self._waiting.append(changes)
        self._rows += len(changes)
        if self._rows > _ROWS_KEPT:
            self._waiting, self._rows = [self.table()], 0

    def table(self) -> pa.Table:
        return _sums(pa.concat_tables(self._waiting), *self._keys)


def _sums(changes: pa.Table, *keys: str) -> pa.Table:
    """The figures of each of the keys, the greatest change of cost first."""
    added = changes.group_by(keys).aggregate([(name, "sum") for name in _FIGURES])
    sums = pa.table(
        {name: added.column(name) for name in keys}
        | {name: added.column(f"{name}_sum") for name in _FIGURES}
    )
    before, after = (sums.column(name).cast(pa.float64()) for name in ("cost_before", "cost_after"))
    order = pc.sort_indices(pc.abs(pc.subtract(after, before)), sort_keys=[("", "descending")])
    return sums.take(order)


def _preview(by_trace: pa.Table, by_model: pa.Table) -> Preview:
    in_sessions = by_trace.filter(pc.not_equal(by_trace.column("session_id"), ""))
    by_session = _sums(in_sessions, "session_id")
    return Preview(
        change=_total(by_model),
        traces_count=len(by_trace),
        sessions_count=len(by_session),
        models=_by_key(by_model, "response_model"),
        sessions=_by_key(by_session.slice(0, _MAX_SESSIONS), "session_id"),
    )


def _by_key(sums: pa.Table, key: str) -> dict[str, Change]:
    return {row[key]: Change(**{name: row[name] for name in _FIGURES}) for row in sums.to_pylist()}


def _total(sums: pa.Table) -> Change:
    # Without a row the sum is none, not 0.
    found = {name: pc.sum(sums.column(name)).as_py() for name in _FIGURES}
    return Change(**{name: total for name, total in found.items() if total is not None})
