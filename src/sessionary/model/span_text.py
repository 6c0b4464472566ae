"""A span with its text: what only reading a conversation needs of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a span, or a log record about it; `body` is a log record's own value."""

    name: str
    time_ns: int
    attributes: Mapping[str, object]
    body: object = None


@dataclass(frozen=True, slots=True)
class SpanText:
    """A stored span; attributes are text, those that were not strings as JSON.

    `cost_source` is `none` where the cost is not known.
    """

    trace_id: str
    span_id: str
    parent_span_id: str
    name: str
    kind: str
    started_ns: int
    ended_ns: int
    is_error: bool
    status_message: str
    model: str
    input_tokens: int
    output_tokens: int
    total_cost: Decimal
    cost_source: str
    attributes: Mapping[str, str]
    events: tuple[Event, ...] = ()
