"""Read traces. Every function takes the workspace first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sessionary.model.pagination import Page
from sessionary.model.session import model_uses
from sessionary.model.trace import Trace
from sessionary.model.trace_filter import FieldType, Order, Selection, TracePage
from sessionary.store.clickhouse.keyset import Key, after_cursor, order_by
from sessionary.store.clickhouse.pool import Database
from sessionary.store.scopes.session_aliases import all_names
from sessionary.store.sessions.rows import billing_of, counts_of, requested_models_of, usage_of
from sessionary.store.traces.filter_sql import PARAMETER_TYPES, filter_of


def list_traces(
    database: Database,
    workspace_id: str,
    session: str,
    *,
    limit: int,
    last_id: str = "",
    project_id: str = "",
) -> Page[Trace]:
    """The traces of a session by its external id (empty: of none), in order of start.

    Only those of the project where one is named.
    `last_id` is the trace after which the page begins; one that is not there ends the walk.
    """
    with database.read_connection() as connection:
        parameters = {
            "workspace_id": workspace_id,
            "session_ids": all_names(connection, workspace_id, [session]),
            "project_id": project_id,
            "limit": limit + 1,
            "last_id": last_id,
        }
        rows = connection.rows("traces/list_traces", parameters)
    # A trace recorded under an earlier name of the session shows the current name.
    traces = [replace(_trace(row), session_id=session) for row in rows[:limit]]
    return Page(traces, len(rows) > limit)


def session_within_project(
    database: Database, workspace_id: str, session: str, project_id: str
) -> bool:
    """Whether all traces of a session by its external id are of the project."""
    with database.read_connection() as connection:
        parameters = {
            "workspace_id": workspace_id,
            "session_ids": all_names(connection, workspace_id, [session]),
            "project_id": project_id,
        }
        (row,) = connection.rows("traces/trace_in_project", parameters)
    return bool(row["lies"])


def get_trace(database: Database, workspace_id: str, trace_id: str) -> Trace | None:
    """The trace of that id."""
    parameters = {"workspace_id": workspace_id, "trace_id": trace_id}
    with database.read_connection() as connection:
        rows = connection.rows("traces/get_trace", parameters)
    return _trace(rows[0]) if rows else None


def search_traces(
    database: Database,
    workspace_id: str,
    selection: Selection,
    orders: Sequence[Order],
    *,
    limit: int,
    after: Sequence[str] = (),
) -> TracePage:
    """A page of the selected traces; `after` are the `next_keys` of the page before.

    The last of `orders` must be unique for each trace.
    """
    where = filter_of(workspace_id, selection)
    parameters = where.parameters | {"limit": limit + 1}
    for number, (order, key) in enumerate(zip(orders, after, strict=False)):
        is_money = order.field.type is FieldType.MONEY
        parameters[f"key_{number}"] = Decimal(key) if is_money else key
    keys = [_key(number, order) for number, order in enumerate(orders)]
    with database.read_connection() as connection:
        rows = connection.rows(
            "traces/search_traces",
            parameters,
            where=where.sql,
            after=after_cursor(keys) if after else "1",
            order=order_by(keys),
            keys=f"[{', '.join(f'toString({order.field.sql})' for order in orders)}]",
        )
    next_keys = tuple(rows[limit - 1]["sort_keys"]) if len(rows) > limit else ()
    return TracePage([_trace(row) for row in rows[:limit]], next_keys)


def _key(number: int, order: Order) -> Key:
    place = f"{{key_{number}:{PARAMETER_TYPES[order.field.type]}}}"
    return Key(order.field.sql, place, order.is_descending)


def metadata_keys(
    database: Database, workspace_id: str, selection: Selection, *, limit: int
) -> list[str]:
    """The keys of the metadata of the selected traces."""
    where = filter_of(workspace_id, selection)
    with database.read_connection() as connection:
        rows = connection.rows(
            "traces/metadata_keys", where.parameters | {"limit": limit}, where=where.sql
        )
    return [row["key"] for row in rows]


def _trace(row: Mapping[str, Any]) -> Trace:
    return Trace(
        trace_id=row["trace_id"],
        session_id=row["session_id"],
        project_id=row["project_id"],
        name=row["name"],
        started_ns=row["started_ns"],
        ended_ns=row["ended_ns"],
        contact_id=row["contact_id"],
        tags=tuple(row["tags"]),
        providers=tuple(row["providers"]),
        billing=billing_of(row),
        usage=usage_of(row),
        counts=counts_of(row),
        models=model_uses(row, requested_models_of(row)),
        call_span_ids=tuple(row["call_span_ids"]),
    )


def has_trace(database: Database, workspace_id: str, trace_id: str) -> bool:
    """Whether any span of the trace is here."""
    with database.read_connection() as connection:
        (row,) = connection.rows(
            "traces/has_trace", {"workspace_id": workspace_id, "trace_id": trace_id}
        )
    return bool(row["is_known"])
