"""Read sessions. Every function takes the workspace first."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.pagination import Page, Paging, Sort
from sessionary.model.session import Session, session_id
from sessionary.model.session_filter import EVERYTHING, Filter
from sessionary.store.clickhouse.keyset import Key, after_cursor, order_by
from sessionary.store.clickhouse.parameters import Parameters
from sessionary.store.clickhouse.pool import Connection, Database, Rows
from sessionary.store.messages.search import MAX_MATCHING_SPANS, may_match_many
from sessionary.store.scopes.session_aliases import renamed_ids
from sessionary.store.scopes.session_scores import mean_score
from sessionary.store.sessions.filter_sql import filter_sql, search_state, searched_texts
from sessionary.store.sessions.paths import PathType, find_path
from sessionary.store.sessions.rows import session_columns, session_of

_NEWEST_FIRST = "-toUnixTimestamp64Nano(started_at)"
_CURSOR = "toFixedString(unhex({cursor:String}), 16)"
_ID = re.compile(r"^[0-9a-f]{32}$")
# Rows that a later version superseded may be among those of a page: this many more are read at
# first, and at most this many times as many where that was not enough.
_SPARE, _MORE = 10, 8
# Sessions are counted in periods of this length to find the start of a late page.
_STRETCH_NS = 300 * 10**9


@dataclass(frozen=True, slots=True)
class ListingLimits:
    """The limits between the ways to read a page; tests lower them."""

    recent_sessions: tuple[int, int] = (8_000, 64_000)
    """The newest sessions in which common words are searched first, then next."""
    max_skipped_rows: int = 1000
    """Pages after more rows than these are found without reading the rows before them."""
    max_matching_spans: int = MAX_MATCHING_SPANS
    """Words in more spans than these are common."""


_LIMITS = ListingLimits()


def get_session(
    database: Database, workspace_id: str, name: str, *, with_details: bool = False
) -> Session | None:
    """The session by its `_id` or an external id that it has or had."""
    with database.read_connection() as connection:
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
    return connection.rows("sessions/sessions_by_id", parameters, columns=columns)


def count_sessions(database: Database, workspace_id: str, where: Filter = EVERYTHING) -> int:
    """How many sessions the filter selects."""
    with database.read_connection() as connection:
        state = search_state(connection, workspace_id, where)
        parameters = Parameters(workspace_id=workspace_id, **state)
        condition = filter_sql(where, parameters)
        (row,) = connection.rows("sessions/count_sessions", parameters.values, where=condition)
    return int(row["count"])


def list_tags(database: Database, workspace_id: str, *, project_id: str = "") -> list[str]:
    """Every tag of a session, of the project where one is named; sorted."""
    scope = {"workspace_id": workspace_id, "project_id": project_id}
    with database.read_connection() as connection:
        (row,) = connection.rows("sessions/session_tags", scope)
    return list(row["tags"])


def list_sessions(
    database: Database,
    workspace_id: str,
    paging: Paging,
    *,
    where: Filter = EVERYTHING,
    with_details: bool = False,
    limits: ListingLimits = _LIMITS,
) -> Page[Session]:
    """A page of the sessions that the filter selects.

    After a cursor, which need not be among them, no page costs more than the first; nor much more
    by its number, in the order of their starts.

    Raises:
        InvalidRequestError: the cursor is no session.
    """
    with database.read_connection() as connection:
        cursor_ns = _cursor_start(connection, workspace_id, paging) if _cursor(paging) else 0
        state = search_state(connection, workspace_id, where)
        asked = _Asked(workspace_id, paging, where, with_details, cursor_ns, state, limits)
        listing = asked.listing()
        if paging.skipped <= limits.max_skipped_rows:
            rows = _first_rows(connection, asked, listing)[paging.skipped :]
        else:
            rows = _rows_of_page(connection, asked, listing)
    has_more = len(rows) > paging.limit
    sessions = [session_of(row) for row in rows[: paging.limit]]
    return Page(sessions[::-1] if paging.first_id else sessions, has_more)


@dataclass(frozen=True, slots=True)
class _Asked:
    workspace_id: str
    paging: Paging
    where: Filter
    with_details: bool
    cursor_ns: int
    """When the cursor's session began."""
    search_state: Mapping[str, object]
    limits: ListingLimits

    def listing(self, **bound: object) -> "_Listing":
        """It in SQL; `bound` are further values to bind."""
        cursor = _cursor(self.paging)
        parameters = Parameters(
            workspace_id=self.workspace_id,
            cursor=cursor,
            cursor_ns=self.cursor_ns,
            **self.search_state,
            **bound,
        )
        is_backwards = bool(self.paging.first_id)
        keys = _keys(self.paging.sort, parameters, is_backwards=is_backwards)
        columns = session_columns(with_details=self.with_details)
        has_few_ties = len(self.paging.sort) == 1 and _is_fine(self.paging.sort[0])
        return _Listing(
            parameters,
            filter_sql(self.where, parameters),
            keys,
            after_cursor(keys) if cursor else "1",
            f"{columns}, {keys[0].sql} AS place" if has_few_ties else columns,
            has_few_ties,
        )


@dataclass(frozen=True, slots=True)
class _Listing:
    """What to list; `parameters` are those of the conditions and of the keys."""

    parameters: Parameters
    where: str
    keys: Sequence[Key]
    after: str
    columns: str
    has_few_ties: bool
    """Whether the first key, of two, seldom leaves it to the second; it is then also a column."""

    @property
    def workspace_id(self) -> str:
        return str(self.parameters.values["workspace_id"])

    @property
    def is_by_start(self) -> bool:
        return self.keys[0].sql == _NEWEST_FIRST

    @property
    def is_newest_first(self) -> bool:
        return self.is_by_start and not self.keys[0].is_descending


def _keys(sorts: Sequence[Sort], parameters: Parameters, *, is_backwards: bool) -> list[Key]:
    """The columns to sort by, the id last to break ties; the place is the cursor's.

    The parameters `cursor` and `cursor_ns` say which that is.
    """
    keys = [_key(sort, parameters, is_backwards=is_backwards) for sort in sorts]
    return [*keys, _key(Sort("_id"), parameters, is_backwards=is_backwards)]


def _key(sort: Sort, parameters: Parameters, *, is_backwards: bool) -> Key:
    is_descending = sort.descending != is_backwards
    if sort.key == "_id":
        return Key("id", _CURSOR, is_descending)
    if sort.key == "started_at":
        # As sessions_by_start has it.
        return Key(_NEWEST_FIRST, "-{cursor_ns:Int64}", not is_descending)
    sql = _sort_sql(sort, parameters)
    place = (
        f"(SELECT {sql} FROM sessions FINAL "
        f"WHERE workspace_id = {{workspace_id:String}} AND id = {_CURSOR})"
    )
    return Key(sql, place, is_descending)


def _sort_sql(sort: Sort, parameters: Parameters) -> str:
    path = find_path(sort.key)
    if path is None:
        raise ValueError(f"sessions cannot be sorted by {sort.key!r}")
    if path.type is PathType.SCORE:
        return mean_score(path.key, parameters, is_descending=sort.descending)
    return path.column(parameters)


def _is_fine(sort: Sort) -> bool:
    path = find_path(sort.key)
    return path is not None and path.is_nearly_unique


def _cursor(paging: Paging) -> str:
    return paging.last_id or paging.first_id


def _cursor_start(connection: Connection, workspace_id: str, paging: Paging) -> int:
    """When the cursor's session began, in nanoseconds."""
    cursor = _cursor(paging)
    column = "toUnixTimestamp64Nano(started_at) AS started_ns"
    rows = _sessions_by_id(connection, workspace_id, [cursor], column) if _ID.match(cursor) else []
    if not rows:
        message = f"{cursor!r} is not the _id of a session; a cursor is the _id of a listed one"
        raise InvalidRequestError(message, (Fault(paging.cursor_path, message),))
    return int(rows[0]["started_ns"])


def _first_rows(connection: Connection, asked: _Asked, listing: _Listing) -> Rows:
    """The rows until the end of an early page, and one more."""
    wanted = asked.paging.skipped + asked.paging.limit + 1
    near = _near_rows(connection, asked, listing, wanted)
    return near if len(near) >= wanted else _rows_after(connection, listing, wanted)


def _near_rows(connection: Connection, asked: _Asked, listing: _Listing, wanted: int) -> Rows:
    """The first rows of a search for common words, if they are recent; else too few."""
    rows: Rows = []
    limits = asked.limits
    if listing.is_newest_first and any(
        may_match_many(connection, asked.workspace_id, text, limits.max_matching_spans)
        for text in searched_texts(asked.where)
    ):
        fewer, more = limits.recent_sessions
        rows = _rows_within(connection, asked, listing, wanted, number=fewer)
        if wanted * fewer / more <= len(rows) < wanted:
            rows = _rows_within(connection, asked, listing, wanted, number=more)
    return rows


def _rows_within(
    connection: Connection, asked: _Asked, listing: _Listing, wanted: int, *, number: int
) -> Rows:
    """The first rows of the listing among a number of sessions; none if there are fewer."""
    starts = connection.rows(
        "sessions/recent_first",
        listing.parameters.values | {"number": number},
        after=listing.after,
        order=order_by(listing.keys),
    )
    if not starts:
        return []
    near = asked.listing(since_ns=starts[0]["started_ns"])
    after = f"({near.after} AND {_NEWEST_FIRST} <= -{{since_ns:Int64}})"
    return _rows_after(connection, replace(near, after=after), wanted)


def _rows_after(connection: Connection, listing: _Listing, wanted: int) -> Rows:
    """The first rows of the listing, after the cursor's if there is one."""
    limit = wanted + _SPARE
    # To sort all by one key takes half as long as by two.
    keys = listing.keys[:1] if listing.has_few_ties else listing.keys
    while True:
        rows = _read_rows(connection, listing, limit, keys)
        is_cut = len(rows) == limit
        if len(keys) < len(listing.keys):
            rows = _untied(rows, listing.keys[1], is_cut=is_cut)
            if len(rows) < limit // 2 and is_cut:
                keys = listing.keys
                continue
        current = _current(connection, listing.workspace_id, rows)
        if len(current) >= wanted or not is_cut:
            return current[:wanted]
        # As many as the current rows suggest, and as many again as now.
        limit = min(limit * _MORE, limit + limit * wanted // max(len(current), 1))


def _read_rows(connection: Connection, listing: _Listing, limit: int, keys: Sequence[Key]) -> Rows:
    return connection.rows(
        "sessions/list_sessions",
        listing.parameters.values | {"limit": limit},
        columns=listing.columns,
        sessions="sessions_by_start" if listing.is_by_start else "sessions",
        where=listing.where,
        after=listing.after,
        order=order_by(keys),
        is_by_one_key=str(int(len(keys) == 1)),
    )


def _untied(rows: Rows, id_key: Key, *, is_cut: bool) -> Rows:
    """Rows sorted by the first key alone, sorted by the id, too.

    Of rows that were cut off, those left out that tie with the last: some such may not be there.
    """
    cut_place = rows[-1]["place"] if is_cut else None
    return [
        row
        for place, tied in groupby(rows, itemgetter("place"))
        if place != cut_place
        for row in sorted(tied, key=itemgetter("session_key"), reverse=id_key.is_descending)
    ]


def _current(connection: Connection, workspace_id: str, rows: Rows) -> Rows:
    """The rows that no later version supersedes, each once."""
    latest = _versions(connection, workspace_id, {row["session_key"] for row in rows})
    current = {
        row["session_key"]: row for row in rows if latest.get(row["session_key"]) == row["version"]
    }
    return list(current.values())


def _versions(connection: Connection, workspace_id: str, ids: Collection[str]) -> dict[str, int]:
    parameters = {"workspace_id": workspace_id, "ids": _bytes(ids)}
    rows = connection.rows("sessions/session_versions", parameters)
    return {row["session_key"]: row["version"] for row in rows}


def _bytes(ids: Iterable[str]) -> list[bytes]:
    return [bytes.fromhex(id) for id in ids]


def _rows_of_page(connection: Connection, asked: _Asked, listing: _Listing) -> Rows:
    """The rows of a late page by its number, and one more."""
    skipped, wanted = asked.paging.skipped, asked.paging.limit + 1
    if listing.is_by_start:
        found = _stretch_of_page(connection, listing, skipped)
        if found is None:
            return []
        listing, skipped = _from_stretch(asked, found[0]), skipped - found[1]
        if skipped <= asked.limits.max_skipped_rows:
            return _rows_after(connection, listing, skipped + wanted)[skipped:]
    rows = connection.rows(
        "sessions/session_page",
        listing.parameters.values | {"limit": wanted, "offset": skipped},
        where=listing.where,
        after=listing.after,
        order=order_by(listing.keys),
    )
    ids = [row["session_key"] for row in rows]
    found_rows = _sessions_by_id(connection, listing.workspace_id, ids, listing.columns)
    return sorted(found_rows, key=lambda row: ids.index(row["session_key"]))


def _stretch_of_page(
    connection: Connection, listing: _Listing, skipped: int
) -> tuple[int, int] | None:
    """When the stretch of time starts in which the page begins, and how many rows precede it."""
    rows = connection.rows(
        "sessions/page_start_bucket",
        listing.parameters.values | {"stretch_ns": _STRETCH_NS, "skipped": skipped},
        where=listing.where,
        order="DESC" if listing.is_newest_first else "ASC",
    )
    return (rows[0]["started_ns"], rows[0]["preceding"]) if rows else None


def _from_stretch(asked: _Asked, started_ns: int) -> _Listing:
    """The listing from that stretch of time on, in its order."""
    listing = asked.listing(first_ns=started_ns, last_ns=started_ns + _STRETCH_NS - 1)
    limit = ">= -{last_ns:Int64}" if listing.is_newest_first else "<= -{first_ns:Int64}"
    return replace(listing, after=f"{_NEWEST_FIRST} {limit}")
