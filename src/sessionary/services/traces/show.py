"""Look at one trace, and at its spans in the order of their tree."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessionary.errors import Fault, InvalidRequestError, NotFoundError
from sessionary.model.pagination import Page
from sessionary.model.span import Span
from sessionary.model.span_tree import Place
from sessionary.model.timeline import Timeline
from sessionary.model.trace import Trace
from sessionary.services.traces.trees import Trees
from sessionary.store.clickhouse.pool import Database
from sessionary.store.traces.queries import get_trace
from sessionary.store.traces.spans import (
    TracePlace,
    counted_spans,
    find_trace_place,
    has_children,
    read_spans,
    root_span_id,
    span_tree,
)
from sessionary.store.traces.timelines import trace_timeline

# A span deeper than that is found in the whole tree, not parent by parent.
_MAX_STEPS = 64


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    """A span, its place in the tree, and whether its figures count in the trace's."""

    span: Span
    place: Place
    is_counted: bool


@dataclass(frozen=True, slots=True)
class ShownSpan:
    """A span with its surroundings: its session's external id, and what is above it.

    `ancestors` are in order from the root; empty for a span too deep to name them all.
    """

    placed: PlacedSpan
    session_id: str
    ancestors: tuple[Span, ...]


def show_trace(database: Database, workspace_id: str, trace_id: str) -> tuple[Trace, str]:
    """The trace, and the id of its root span or, without one, of its earliest.

    Raises:
        NotFoundError: there is no such trace.
    """
    trace = get_trace(database, workspace_id, trace_id)
    if trace is None:
        raise _unknown(trace_id)
    return trace, root_span_id(database, _place(database, workspace_id, trace_id))


def list_spans(
    database: Database, trees: Trees, workspace_id: str, trace_id: str, *, limit: int, after: str
) -> Page[PlacedSpan]:
    """A page of the trace's spans, each below its parent, siblings in order of start.

    `after` is the last span of the page before, empty for the first page.

    Raises:
        NotFoundError: there is no such trace.
        InvalidRequestError: `after` is no span of it.
    """
    place = _place(database, workspace_id, trace_id)
    tree = trees.get(place, lambda: span_tree(database, place))
    first = _following(tree, after)
    shown = tree[first : first + limit]
    span_ids = [place.span_id for place in shown]
    spans = read_spans(database, place, span_ids)
    counted = counted_spans(database, place, span_ids)
    items = [
        PlacedSpan(spans[place.span_id], place, place.span_id in counted)
        for place in shown
        # An erasure may come between the two reads.
        if place.span_id in spans
    ]
    return Page(items, len(tree) > first + limit)


def show_span(
    database: Database, trees: Trees, workspace_id: str, trace_id: str, span_id: str
) -> ShownSpan:
    """One span with everything recorded for it.

    Raises:
        NotFoundError: there is no such span.
    """
    place = _place(database, workspace_id, trace_id)
    span = read_spans(database, place, [span_id], with_details=True).get(span_id)
    if span is None:
        raise NotFoundError(f"there is no span {span_id!r} in trace {trace_id!r}")
    ancestors = _ancestors(database, place, span)
    if ancestors is None:
        tree = trees.get(place, lambda: span_tree(database, place))
        where = next(place for place in tree if place.span_id == span_id)
    else:
        where = Place(span_id, len(ancestors), has_children(database, place, span_id))
    return ShownSpan(
        PlacedSpan(span, where, span_id in counted_spans(database, place, [span_id])),
        place.session_id,
        tuple(reversed(ancestors or ())),
    )


def show_timeline(
    database: Database, workspace_id: str, trace_id: str, *, limit: int, page_token: str
) -> Timeline:
    """A page of the trace's spans in order of start, as columns.

    Raises:
        NotFoundError: there is no such trace.
        InvalidRequestError: `page_token` is not one of a page of it.
    """
    after = _start_of(page_token)
    place = _place(database, workspace_id, trace_id)
    return trace_timeline(database, place, limit=limit, after=after)


def _place(database: Database, workspace_id: str, trace_id: str) -> TracePlace:
    place = find_trace_place(database, workspace_id, trace_id)
    if place is None:
        raise _unknown(trace_id)
    return place


def _unknown(trace_id: str) -> NotFoundError:
    return NotFoundError(f"there is no trace {trace_id!r}")


def _ancestors(database: Database, place: TracePlace, span: Span) -> list[Span] | None:
    """The spans above this one, the nearest first; None where a list does not say its level.

    That is where there are too many, and where spans are above each other.
    """
    found = list[Span]()
    parent_id, passed = span.parent_span_id, {span.span_id}
    while parent_id:
        if parent_id in passed or len(found) == _MAX_STEPS:
            return None
        parent = read_spans(database, place, [parent_id]).get(parent_id)
        if parent is None:
            break
        found.append(parent)
        passed.add(parent_id)
        parent_id = parent.parent_span_id
    return found


def _following(tree: Sequence[Place], after: str) -> int:
    if not after:
        return 0
    for number, place in enumerate(tree):
        if place.span_id == after:
            return number + 1
    raise _wrong_token("a page of this trace's spans")


def _start_of(page_token: str) -> tuple[int, str]:
    """When the last span of the page before started, and its id."""
    if not page_token:
        return -1, ""
    start, _, span_id = page_token.partition("-")
    if not (start.isascii() and start.isdigit() and len(start) <= 19 and int(start) < 2**63):
        raise _wrong_token("a page of this timeline")
    return int(start), span_id


def _wrong_token(whose: str) -> InvalidRequestError:
    message = f"page_token is the next_page_token of {whose}"
    return InvalidRequestError(message, (Fault("page_token", message),))
