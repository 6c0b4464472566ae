"""Read what calls cost, and write what they cost by another price.

A span is never changed: a copy of it with the new cost takes its place, as a corrected span does
(docs/decisions/0011-repricing-by-copies.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from sessionary.model.price import CallScope
from sessionary.store.clickhouse.pool import Connection
from sessionary.store.scopes.counted_traces import counted_trace
from sessionary.store.scopes.session_aliases import current_names

# Calls that are read, priced and stored at once; ingest waits for each batch.
_SPANS_AT_ONCE = 10_000
_HOUR_NS = 3_600 * 10**9
_CALLS = (
    "workspace_id = {workspace_id:String} "
    "AND start_time >= fromUnixTimestamp64Nano({valid_from_ns:Int64}, 'UTC') "
    "AND (response_model ILIKE {model:String} OR request_model ILIKE {model:String}) "
    "AND ({provider:String} = '' OR lower(provider) = lower({provider:String}))"
)
_OF_LOCATED = (
    "(session_id GLOBAL IN (SELECT session_id FROM located) OR session_id GLOBAL IN "
    "(SELECT name FROM session_names WHERE workspace_id = {workspace_id:String}))"
)
_REPRICED = (
    "CREATE TEMPORARY TABLE repriced (trace_id String, span_id String, arrived_ns Int64, "
    "input_cost Decimal(18, 12), output_cost Decimal(18, 12), total_cost Decimal(18, 12), "
    "cost_source String) ENGINE = Memory"
)


@dataclass(frozen=True, slots=True)
class Window:
    """The spans of whole hours, or of one hour every n-th trace's; some `spans` are in scope."""

    from_ns: int
    to_ns: int
    spans: int
    slice: int = 0
    slices: int = 1


def windows(connection: Connection, workspace_id: str, scope: CallScope) -> list[Window]:
    """The spans of a scope in parts of bounded size, in order of time."""
    rows = connection.rows("prices/hours", _scope(workspace_id, scope), calls=_CALLS)
    hours = [Window(at := row["hour"] * 10**9, at + _HOUR_NS, row["spans"]) for row in rows]
    return [part for window in _joined(hours) for part in _cut(window)]


def _joined(hours: list[Window]) -> Iterator[Window]:
    """Neighbours together, as long as they are few."""
    window: Window | None = None
    for hour in hours:
        if window is not None and window.spans + hour.spans > _SPANS_AT_ONCE:
            yield window
            window = None
        begun = window or Window(hour.from_ns, hour.to_ns, 0)
        window = Window(begun.from_ns, hour.to_ns, begun.spans + hour.spans)
    if window is not None:
        yield window


def _cut(window: Window) -> Iterator[Window]:
    slices = -(-window.spans // _SPANS_AT_ONCE)
    for part in range(slices):
        # As many in each, and the rest in the last.
        before, after = (window.spans * n // slices for n in (part, part + 1))
        yield Window(window.from_ns, window.to_ns, after - before, part, slices)


def calls_of(
    connection: Connection, workspace_id: str, scope: CallScope, window: Window
) -> pa.Table:
    """The calls of a window that no client priced: what prices them, and what they cost now."""
    within = {"slice": window.slice, "slices": window.slices}
    return connection.table(
        "prices/calls",
        _scope(workspace_id, scope) | _bounds(window) | within,
        calls=_CALLS,
    )


def counted_calls(connection: Connection, workspace_id: str, trace_ids: list[str]) -> pa.Table:
    """The calls of traces that count: `trace_id`, `span_id`, `session_id` as it is called now."""
    given = {"workspace_id": workspace_id, "trace_ids": trace_ids}
    calls = connection.table("prices/counted_calls", given, counts=counted_trace(_OF_LOCATED))
    session_names = calls.column("session_id").to_pylist()
    current = current_names(connection, workspace_id, set(session_names))
    names = pa.array([current.get(name, name) for name in session_names], pa.string())
    return calls.set_column(calls.schema.get_field_index("session_id"), "session_id", names)


def store_repriced(
    connection: Connection, workspace_id: str, window: Window, repriced: pa.Table
) -> None:
    """Store copies of calls with another cost: `trace_id`, `span_id`, `arrived_ns`, costs.

    Nothing may arrive between reading the calls and this.
    """
    connection.command("DROP TEMPORARY TABLE IF EXISTS repriced")
    connection.command(_REPRICED)
    connection.insert("repriced", repriced)
    connection.run("prices/repriced_spans", {"workspace_id": workspace_id} | _bounds(window))
    connection.command("DROP TEMPORARY TABLE repriced")


def _bounds(window: Window) -> dict[str, object]:
    return {"from_ns": window.from_ns, "to_ns": window.to_ns}


def _scope(workspace_id: str, scope: CallScope) -> dict[str, object]:
    escaped = scope.model.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return {
        "workspace_id": workspace_id,
        "model": escaped.replace("*", "%"),
        "provider": scope.provider,
        "valid_from_ns": scope.valid_from_ns,
    }
