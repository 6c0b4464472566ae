"""Read sessions. Every function takes the workspace first."""

from collections.abc import Mapping, Sequence
from typing import Any

from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.page import Page, Paging, Sort
from sessionary.model.session import (
    Billing,
    Counts,
    Session,
    Usage,
    model_uses,
    session_id,
)
from sessionary.store.database import Database
from sessionary.store.database import Session as Connection

# Path of the API → what to sort by.
SORT_KEYS = {
    "_id": "id",
    "external_id": "external_id",
    "project_id": "project_id",
    "duration": "ended_at - started_at",
    "active_duration": "active_ns",
    "idle_duration": (
        "toUnixTimestamp64Nano(ended_at) - toUnixTimestamp64Nano(started_at) - toInt64(active_ns)"
    ),
    "billing.input_cost": "input_cost",
    "billing.output_cost": "output_cost",
    "billing.total_cost": "total_cost",
    "usage.prompt_tokens": "input_tokens",
    "usage.completion_tokens": "output_tokens",
    "usage.total_tokens": "input_tokens + output_tokens",
    "traces_count": "traces_count",
    "started_at": "started_at",
    "ended_at": "ended_at",
    "updated_at": "version",
    "spans_count": "spans_count",
    "model_calls_count": "model_calls_count",
    "failed_calls_count": "failed_calls_count",
    "tool_calls_count": "tool_calls_count",
    "errors_count": "errors_count",
    "unpriced_calls_count": "unpriced_calls_count",
    "cached_tokens": "cache_read_tokens",
    "cache_write_tokens": "cache_write_tokens",
    "reasoning_tokens": "reasoning_tokens",
}


def get_session(database: Database, workspace_id: str, name: str) -> Session | None:
    """The session by its `_id` or external id."""
    ids = [name, session_id(workspace_id, name)]
    with database.reading() as connection:
        rows = connection.rows("queries/sessions_by_id", {"workspace_id": workspace_id, "ids": ids})
    # The `_id` asked for wins over an external id that looks like one.
    rows.sort(key=lambda row: row["id"] != name)
    return _session(rows[0]) if rows else None


def count_sessions(database: Database, workspace_id: str) -> int:
    """How many sessions there are."""
    with database.reading() as connection:
        (row,) = connection.rows("queries/count_sessions", {"workspace_id": workspace_id})
    return int(row["count"])


def list_sessions(database: Database, workspace_id: str, paging: Paging) -> Page[Session]:
    """A page of sessions; keyset paging reads no more for a late page than for an early one.

    Raises:
        InvalidRequestError: the cursor is no session.
    """
    backwards = bool(paging.first_id)
    keys = [(SORT_KEYS[sort.key], sort.descending != backwards) for sort in paging.sort]
    keys.append(("id", keys[-1][1] if paging.sort and paging.sort[-1].key == "_id" else backwards))
    order = ", ".join(f"{sql} {'DESC' if down else 'ASC'}" for sql, down in keys)
    parameters: dict[str, object] = {
        "workspace_id": workspace_id,
        "limit": paging.limit + 1,
        "offset": 0 if _cursor(paging) else (paging.page - 1) * paging.limit,
        "cursor": _cursor(paging),
    }
    with database.reading() as connection:
        if _cursor(paging):
            _check_cursor(connection, workspace_id, paging)
        after = _after(keys) if _cursor(paging) else "1"
        rows = connection.rows("queries/list_sessions", parameters, after=after, order=order)
    has_more, rows = len(rows) > paging.limit, rows[: paging.limit]
    sessions = [_session(row) for row in rows]
    return Page(sessions[::-1] if backwards else sessions, has_more)


def _cursor(paging: Paging) -> str:
    return paging.last_id or paging.first_id


def _after(keys: list[tuple[str, bool]]) -> str:
    """The condition for rows beyond the cursor's, whose keys the query gives as `place`."""
    choices = []
    for number, (sql, down) in enumerate(keys, start=1):
        before = enumerate(keys[: number - 1], start=1)
        equal = [f"({other}) = place.{place}" for place, (other, _) in before]
        choices.append(" AND ".join([*equal, f"({sql}) {'<' if down else '>'} place.{number}"]))
    columns = ", ".join(sql for sql, _ in keys)
    cursor = (
        f"(SELECT tuple({columns}) FROM sessions FINAL "
        "WHERE workspace_id = {workspace_id:String} AND id = {cursor:String})"
    )
    return "(" + " OR ".join(f"({c})" for c in choices).replace("place", cursor) + ")"


def sort_faults(sorts: Sequence[Sort]) -> list[Fault]:
    """What is wrong with the keys; `list_sessions` takes none but those of `SORT_KEYS`."""
    return [
        Fault(f"sortingProps.{place}.key", f"{sort.key!r} is not one of {', '.join(SORT_KEYS)}")
        for place, sort in enumerate(sorts)
        if sort.key not in SORT_KEYS
    ]


def _check_cursor(connection: Connection, workspace_id: str, paging: Paging) -> None:
    cursor = _cursor(paging)
    parameters = {"workspace_id": workspace_id, "ids": [cursor]}
    if not connection.rows("queries/sessions_by_id", parameters):
        message = f"{cursor!r} is not the _id of a session; a cursor is the _id of a listed one"
        raise InvalidRequestError(message, (Fault(paging.cursor_path, message),))


def _session(row: Mapping[str, Any]) -> Session:
    return Session(
        id=row["id"],
        external_id=row["external_id"],
        workspace_id=row["workspace_id"],
        project_id=row["project_id"],
        started_ns=row["started_ns"],
        ended_ns=row["ended_ns"],
        active_ns=row["active_ns"],
        updated_ns=row["version"],
        contact_ids=tuple(row["contact_ids"]),
        tags=tuple(row["tags"]),
        traces_count=row["traces_count"],
        billing=billing_of(row),
        usage=usage_of(row),
        counts=counts_of(row),
        models=model_uses(row, requested_models_of(row)),
    )


def billing_of(row: Mapping[str, Any]) -> Billing:
    """The costs of a row of sessions or traces."""
    return Billing(row["input_cost"], row["output_cost"], row["total_cost"])


def usage_of(row: Mapping[str, Any]) -> Usage:
    """The tokens of a row of sessions or traces."""
    return Usage(
        row["input_tokens"],
        row["output_tokens"],
        row["cache_read_tokens"],
        row["cache_write_tokens"],
        row["reasoning_tokens"],
    )


def counts_of(row: Mapping[str, Any]) -> Counts:
    """The counts of a row of sessions or traces."""
    return Counts(
        spans=row["spans_count"],
        error_spans=row["error_spans_count"],
        model_calls=row["model_calls_count"],
        failed_calls=row["failed_calls_count"],
        tool_calls=row["tool_calls_count"],
        unpriced_calls=row["unpriced_calls_count"],
        errors=row["errors_count"],
    )


def requested_models_of(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of the model that answered and the one asked for."""
    return [
        (pair["response_model"], pair["request_model"]) if isinstance(pair, dict) else tuple(pair)
        for pair in row["requested_models"]
    ]
