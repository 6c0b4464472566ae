"""A span of a trace as it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sessionary.model.session import Billing, Usage


@dataclass(frozen=True, slots=True)
class Span:
    """One span. Times are nanoseconds since 1970, `kind` is one of model/span_kind.py.

    `cost_source` is `none` where the cost is not known. Whether the figures count in the trace's,
    the trace says (`call_span_ids`).
    """

    span_id: str
    parent_span_id: str
    name: str
    kind: str
    scope: str
    signal: str
    is_error: bool
    status_message: str
    started_ns: int
    ended_ns: int
    provider: str
    request_model: str
    response_model: str
    finish_reason: str
    time_to_first_token_ms: float | None
    reports_usage: bool
    usage: Usage
    billing: Billing
    cost_source: str
    read_details: "SpanDetails | None" = None

    @property
    def details(self) -> "SpanDetails":
        """The details.

        Raises:
            ValueError: they were not read.
        """
        if self.read_details is None:
            raise ValueError(f"span {self.span_id} was read without its details")
        return self.read_details


@dataclass(frozen=True, slots=True)
class SpanEvent:
    """Something that happened in a span."""

    time_ns: int
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SpanLink:
    """Another span that this one names."""

    trace_id: str
    span_id: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SpanDetails:
    """What of a span is text. Of `json_attributes` the attribute is JSON, not just text."""

    attributes: Mapping[str, str]
    json_attributes: Sequence[str]
    truncated_attributes: Sequence[str]
    dropped_attributes_count: int
    resource_attributes: Mapping[str, str]
    events: Sequence[SpanEvent]
    links: Sequence[SpanLink]
