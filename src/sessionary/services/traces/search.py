"""Search traces, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessionary.model.trace import Trace
from sessionary.model.trace_filter import Selection
from sessionary.services.traces import page_token
from sessionary.services.traces.page_token import PageToken
from sessionary.services.traces.parse_request import (
    AskedFilter,
    AskedSort,
    Faults,
    conditions_of,
    is_any_of,
    orders_of,
    text_of,
    window_of,
)
from sessionary.store.clickhouse.pool import Database
from sessionary.store.traces.queries import search_traces


@dataclass(frozen=True, slots=True)
class TraceQuery:
    """Which traces, as it was sent."""

    start: str = ""
    end: str = ""
    filters: Sequence[AskedFilter] = ()
    filter_operator: str = ""
    query: str = ""
    project_id: str = ""
    """Limits the search to a project, if not empty: from the key, not from the request."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of traces, the window they are of, and the token of the next page, if there is one."""

    traces: Sequence[Trace]
    from_ns: int
    to_ns: int
    next_token: str


def selection_of(
    asked: TraceQuery, now_ns: int, faults: Faults, token: PageToken | None = None
) -> Selection:
    """The traces that are meant. A walk keeps the window in which it began."""
    from_ns, to_ns = window_of(asked.start, asked.end, now_ns, faults)
    if token is not None:
        from_ns = from_ns if asked.start else token.from_ns
        to_ns = to_ns if asked.end else token.to_ns
    return Selection(
        from_ns,
        to_ns,
        conditions_of(asked.filters, faults),
        is_any_of(asked.filter_operator, faults),
        text_of(asked.query, faults),
        asked.project_id,
    )


def search(
    database: Database,
    workspace_id: str,
    asked: TraceQuery,
    *,
    sorts: Sequence[AskedSort],
    limit: int,
    token: str,
    now_ns: int,
) -> Found:
    """A page of the traces asked for; `token` is the `next_token` of the page before.

    Raises:
        InvalidRequestError: something asked for is not known.
    """
    faults = Faults()
    orders = orders_of(sorts, faults)
    place = page_token.decode(token, orders) if token else None
    if token and place is None:
        faults.add("page_token", "page_token is the next_page_token of a search in the same order")
    selection = selection_of(asked, now_ns, faults, place)
    faults.refuse()
    after = place.keys if place else ()
    page = search_traces(database, workspace_id, selection, orders, limit=limit, after=after)
    window = selection.from_ns, selection.to_ns
    following = PageToken(*window, page_token.order_text(orders), page.next_keys)
    return Found(page.traces, *window, following.encode() if page.next_keys else "")
