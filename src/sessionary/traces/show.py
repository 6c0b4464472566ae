"""Look at one trace, and at its spans in the order of their tree."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessionary.errors import Fault, InvalidRequestError, NotFoundError
from sessionary.model.page import Page
from sessionary.model.span import Span
from sessionary.model.span_tree import Place
from sessionary.model.trace import Trace
from sessionary.store.database import Database
from sessionary.store.trace_spans import Bounds, read_spans, root_span_id, span_tree, trace_bounds
from sessionary.store.traces import get_trace


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    """A span, its place in the tree, and whether its figures count in the trace's."""

    span: Span
    place: Place
    is_counted: bool


def show_trace(database: Database, workspace_id: str, trace_id: str) -> tuple[Trace, str]:
    """The trace, and the id of its root span or, without one, of its earliest.

    Raises:
        NotFoundError: there is no such trace.
    """
    trace, bounds = _find(database, workspace_id, trace_id)
    return trace, root_span_id(database, bounds)


def list_spans(
    database: Database, workspace_id: str, trace_id: str, *, limit: int, after: str
) -> Page[PlacedSpan]:
    """A page of the trace's spans, each below its parent, siblings in order of start.

    `after` is the last span of the page before, empty for the first page.

    Raises:
        NotFoundError: there is no such trace.
        InvalidRequestError: `after` is no span of it.
    """
    trace, bounds = _find(database, workspace_id, trace_id)
    tree = span_tree(database, bounds)
    first = _following(tree, after)
    shown = tree[first : first + limit]
    spans = read_spans(database, bounds, [place.span_id for place in shown])
    counted = set(trace.call_span_ids)
    items = [
        PlacedSpan(spans[place.span_id], place, place.span_id in counted)
        for place in shown
        # An erasure may come between the two reads.
        if place.span_id in spans
    ]
    return Page(items, len(tree) > first + limit)


def show_span(database: Database, workspace_id: str, trace_id: str, span_id: str) -> PlacedSpan:
    """One span with all that was told of it.

    Raises:
        NotFoundError: there is no such span.
    """
    trace, bounds = _find(database, workspace_id, trace_id)
    tree = span_tree(database, bounds)
    place = next((place for place in tree if place.span_id == span_id), None)
    spans = read_spans(database, bounds, [span_id], with_details=True)
    if place is None or span_id not in spans:
        raise NotFoundError(f"there is no span {span_id!r} in trace {trace_id!r}")
    return PlacedSpan(spans[span_id], place, span_id in trace.call_span_ids)


def _find(database: Database, workspace_id: str, trace_id: str) -> tuple[Trace, Bounds]:
    trace = get_trace(database, workspace_id, trace_id)
    bounds = trace_bounds(database, workspace_id, trace_id)
    if trace is None or bounds is None:
        raise NotFoundError(f"there is no trace {trace_id!r}")
    return trace, bounds


def _following(tree: Sequence[Place], after: str) -> int:
    if not after:
        return 0
    for number, place in enumerate(tree):
        if place.span_id == after:
            return number + 1
    message = "page_token is the next_page_token of a page of this trace's spans"
    raise InvalidRequestError(message, (Fault("page_token", message),))
