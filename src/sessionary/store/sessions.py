"""Read sessions. Every function takes the workspace first."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.page import Page, Paging, Sort
from sessionary.model.session import Session, session_id
from sessionary.store.database import Database, Rows
from sessionary.store.database import Session as Connection
from sessionary.store.session_names import renamed_ids
from sessionary.store.session_rows import session_columns, session_of

# Path of the API → what to sort by.
SORT_KEYS = {
    "_id": "id",
    "external_id": "external_id",
    "project_id": "project_id",
    "duration": "duration_ns",
    "active_duration": "active_ns",
    "idle_duration": "greatest(toInt64(duration_ns) - toInt64(active_ns), 0)",
    "billing.input_cost": "input_cost",
    "billing.output_cost": "output_cost",
    "billing.total_cost": "total_cost",
    "usage.prompt_tokens": "input_tokens",
    "usage.completion_tokens": "output_tokens",
    "usage.total_tokens": "total_tokens",
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


_NEWEST_FIRST = "newest_first"
_ID = re.compile(r"^[0-9a-f]{32}$")
# Rows that a later version superseded may stand between those of a page: so many more are read at
# first, and so many times as many where that was not enough.
_SPARE, _MORE = 10, 8


def get_session(
    database: Database, workspace_id: str, name: str, *, with_details: bool = False
) -> Session | None:
    """The session by its `_id` or an external id that it has or had."""
    with database.reading() as connection:
        return find_session(connection, workspace_id, name, with_details=with_details)


def find_session(
    connection: Connection, workspace_id: str, name: str, *, with_details: bool = False
) -> Session | None:
    """The session by its `_id` or an external id that it has or had."""
    ids = [id for id in (name, session_id(workspace_id, name)) if _ID.match(id)]
    columns = session_columns(with_details=with_details)
    found = _sessions_by_id(connection, workspace_id, ids, columns)
    if not found:
        renamed = {id.hex() for id in renamed_ids(connection, workspace_id, [name]).values()}
        found = _sessions_by_id(connection, workspace_id, renamed, columns) if renamed else []
    # The `_id` asked for wins over an external id that looks like one.
    found.sort(key=lambda row: row["session_key"] != name)
    return session_of(found[0]) if found else None


def _sessions_by_id(
    connection: Connection, workspace_id: str, ids: Iterable[str], columns: str
) -> Rows:
    parameters = {"workspace_id": workspace_id, "ids": _bytes(ids)}
    return connection.rows("queries/sessions_by_id", parameters, columns=columns)


def count_sessions(database: Database, workspace_id: str) -> int:
    """How many sessions there are."""
    with database.reading() as connection:
        (row,) = connection.rows("queries/count_sessions", {"workspace_id": workspace_id})
    return int(row["count"])


def list_sessions(
    database: Database, workspace_id: str, paging: Paging, *, with_details: bool = False
) -> Page[Session]:
    """A page of sessions; after a cursor, no page costs more than the first.

    Raises:
        InvalidRequestError: the cursor is no session.
    """
    is_backwards = bool(paging.first_id)
    keys = _keys(paging.sort, is_backwards=is_backwards)
    listing = _Listing(workspace_id, keys, session_columns(with_details=with_details))
    with database.reading() as connection:
        if _cursor(paging):
            _check_cursor(connection, workspace_id, paging)
        if _cursor(paging) or paging.page == 1:
            rows = _rows_after(connection, listing, _cursor(paging), paging.limit + 1)
        else:
            rows = _rows_of_page(connection, listing, paging)
    has_more = len(rows) > paging.limit
    sessions = [session_of(row) for row in rows[: paging.limit]]
    return Page(sessions[::-1] if is_backwards else sessions, has_more)


@dataclass(frozen=True, slots=True)
class _Key:
    """One column to sort by, as the listed table has it and as sessions has it."""

    sql: str
    place_sql: str
    is_down: bool


@dataclass(frozen=True, slots=True)
class _Listing:
    workspace_id: str
    keys: Sequence[_Key]
    columns: str

    @property
    def order(self) -> str:
        return ", ".join(f"{key.sql} {'DESC' if key.is_down else 'ASC'}" for key in self.keys)

    @property
    def table(self) -> str:
        return "sessions_by_start" if self.keys[0].sql == _NEWEST_FIRST else "sessions"

    def after(self) -> str:
        """The condition for rows beyond the one whose `_id` is the parameter `cursor`."""
        choices = []
        for number, key in enumerate(self.keys, start=1):
            before = self.keys[: number - 1]
            equal = [f"({other.sql}) = {_place(other)}" for other in before]
            choices.append(" AND ".join([*equal, f"({key.sql}) {_beyond(key)} {_place(key)}"]))
        # The first key alone bounds what is read.
        first = self.keys[0]
        bound = f"({first.sql}) {_beyond(first)}= {_place(first)}"
        return f"{bound} AND ({' OR '.join(f'({choice})' for choice in choices)})"


def _place(key: _Key) -> str:
    """The key of the row whose `_id` is the parameter `cursor`."""
    cursor = "toFixedString(unhex({cursor:String}), 16)"
    if key.sql == "id":
        return cursor
    return (
        f"(SELECT {key.place_sql} FROM sessions FINAL "
        f"WHERE workspace_id = {{workspace_id:String}} AND id = {cursor})"
    )


def _beyond(key: _Key) -> str:
    return "<" if key.is_down else ">"


def _keys(sorts: Sequence[Sort], *, is_backwards: bool) -> list[_Key]:
    """The columns to sort by, the id last to break ties."""
    keys = [_key(sort, is_down=sort.descending != is_backwards) for sort in sorts]
    if keys and sorts[0].key == "started_at":
        newest_first = f"-toUnixTimestamp64Nano({keys[0].sql})"
        keys[0] = _Key(_NEWEST_FIRST, newest_first, is_down=not keys[0].is_down)
    return [*keys, _Key("id", "id", is_down=is_backwards)]


def _key(sort: Sort, *, is_down: bool) -> _Key:
    sql = SORT_KEYS[sort.key]
    return _Key(sql, sql, is_down)


def _cursor(paging: Paging) -> str:
    return paging.last_id or paging.first_id


def _check_cursor(connection: Connection, workspace_id: str, paging: Paging) -> None:
    cursor = _cursor(paging)
    if not _ID.match(cursor) or not _versions(connection, workspace_id, [cursor]):
        message = f"{cursor!r} is not the _id of a session; a cursor is the _id of a listed one"
        raise InvalidRequestError(message, (Fault(paging.cursor_path, message),))


def _rows_after(connection: Connection, listing: _Listing, cursor: str, wanted: int) -> Rows:
    """The first rows of the listing, after the cursor's if there is one."""
    parameters: dict[str, object] = {"workspace_id": listing.workspace_id, "cursor": cursor}
    after = listing.after() if cursor else "1"
    limit = wanted + _SPARE
    while True:
        rows = connection.rows(
            "queries/list_sessions",
            parameters | {"limit": limit},
            columns=listing.columns,
            sessions=listing.table,
            after=after,
            order=listing.order,
        )
        current = _current(connection, listing.workspace_id, rows)
        if len(current) >= wanted or len(rows) < limit:
            return current[:wanted]
        limit *= _MORE


def _current(connection: Connection, workspace_id: str, rows: Rows) -> Rows:
    """The rows that no later version supersedes, each once."""
    latest = _versions(connection, workspace_id, {row["session_key"] for row in rows})
    current = {
        row["session_key"]: row for row in rows if latest.get(row["session_key"]) == row["version"]
    }
    return list(current.values())


def _versions(connection: Connection, workspace_id: str, ids: Collection[str]) -> dict[str, int]:
    parameters = {"workspace_id": workspace_id, "ids": _bytes(ids)}
    rows = connection.rows("queries/session_versions", parameters)
    return {row["session_key"]: row["version"] for row in rows}


def _bytes(ids: Iterable[str]) -> list[bytes]:
    return [bytes.fromhex(id) for id in ids]


def _rows_of_page(connection: Connection, listing: _Listing, paging: Paging) -> Rows:
    """The rows of a page by its number: costs more the later the page."""
    offset = (paging.page - 1) * paging.limit
    parameters: dict[str, object] = {"workspace_id": listing.workspace_id}
    order = listing.order.replace(_NEWEST_FIRST, listing.keys[0].place_sql)
    ids = [
        row["session_key"]
        for row in connection.rows(
            "queries/session_page",
            parameters | {"limit": paging.limit + 1, "offset": offset},
            order=order,
        )
    ]
    found = _sessions_by_id(connection, listing.workspace_id, ids, listing.columns)
    return sorted(found, key=lambda row: ids.index(row["session_key"]))


def sort_faults(sorts: Sequence[Sort]) -> list[Fault]:
    """What is wrong with the keys; `list_sessions` takes none but those of `SORT_KEYS`."""
    return [
        Fault(f"sortingProps.{place}.key", f"{sort.key!r} is not one of {', '.join(SORT_KEYS)}")
        for place, sort in enumerate(sorts)
        if sort.key not in SORT_KEYS
    ]
