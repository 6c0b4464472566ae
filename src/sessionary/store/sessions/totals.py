"""Add up sessions. Takes the workspace first."""

from collections.abc import Mapping
from typing import Any

from sessionary.model.session_filter import Filter
from sessionary.model.totals import Quantiles, SessionFigures, SessionTotals, TotalsBucket
from sessionary.model.window import Window
from sessionary.store.clickhouse.parameters import Parameters
from sessionary.store.clickhouse.pool import Connection, Database
from sessionary.store.sessions.filter_sql import filter_sql, search_state
from sessionary.store.sessions.rows import billing_of, usage_of

_NO_FIGURES = SessionFigures()
_WITHIN, _BEFORE = 1, 0


def session_totals(
    database: Database,
    workspace_id: str,
    where: Filter,
    window: Window,
    *,
    buckets: int,
) -> SessionTotals:
    """The figures of the sessions that the filter selects and that began in the time given.

    In total, in equal parts of the period, and, if the period has a start, for the period of the
    same length just before.
    """
    is_all_time = window.from_ns is None
    with database.read_connection() as connection:
        state = search_state(connection, workspace_id, where)
        parameters = Parameters(workspace_id=workspace_id, **state)
        condition = filter_sql(where, parameters)
        from_ns, to_ns = _times(connection, parameters, condition, window)
        length_ns = to_ns - from_ns
        bucket_ns = max(-(-length_ns // buckets), 1)
        times = {
            "before_ns": from_ns if is_all_time else max(from_ns - length_ns, 0),
            "from_ns": from_ns,
            "to_ns": to_ns,
            "bucket_ns": bucket_ns,
        }
        rows = connection.rows(
            "sessions/session_totals", parameters.values | times, where=condition
        )
    whole = {row["is_within"]: _figures(row) for row in rows if row["is_whole"]}
    parts = {row["bucket"]: _figures(row) for row in rows if not row["is_whole"]}
    starts = range(from_ns, to_ns, bucket_ns)
    return SessionTotals(
        from_ns,
        to_ns,
        whole.get(_WITHIN, _NO_FIGURES),
        None if is_all_time else whole.get(_BEFORE, _NO_FIGURES),
        [TotalsBucket(ns, parts.get(number, _NO_FIGURES)) for number, ns in enumerate(starts)],
    )


def _times(
    connection: Connection, parameters: Parameters, condition: str, window: Window
) -> tuple[int, int]:
    if window.from_ns is not None:
        return window.from_ns, window.to_ns
    rows = connection.rows("sessions/session_bounds", parameters.values, where=condition)
    return window.of_all((rows[0]["first_ns"], rows[0]["last_ns"]) if rows else None)


def _figures(row: Mapping[str, Any]) -> SessionFigures:
    return SessionFigures(
        sessions=row["sessions_count"],
        failed_sessions=row["failed_sessions_count"],
        traces=row["traces_count"],
        model_calls=row["model_calls_count"],
        failed_calls=row["failed_calls_count"],
        unpriced_calls=row["unpriced_calls_count"],
        errors=row["errors_count"],
        billing=billing_of(row),
        usage=usage_of(row, total_tokens=row["total_tokens"]),
        duration=Quantiles(*row["durations_ns"]),
        active_duration=Quantiles(*row["active_durations_ns"]),
    )
