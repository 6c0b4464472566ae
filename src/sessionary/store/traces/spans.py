"""Read the spans of one trace. Every function takes the workspace first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sessionary.model.span import Span, SpanDetails, SpanEvent, SpanLink
from sessionary.model.span_tree import Place, places
from sessionary.store.clickhouse.pool import Database
from sessionary.store.sessions.rows import billing_of, usage_of

_DETAILS = (
    ", attributes, json_attributes, truncated_attributes, dropped_attributes_count"
    ", resource_attributes, events, links"
)


@dataclass(frozen=True, slots=True)
class TracePlace:
    """A trace of a workspace: its session's external id, and where its spans lie in time.

    `version` is another one whenever anything of the trace changed.
    """

    workspace_id: str
    trace_id: str
    session_id: str
    from_ns: int
    to_ns: int
    version: int

    @property
    def parameters(self) -> dict[str, object]:
        """As the statements name them."""
        return {
            "workspace_id": self.workspace_id,
            "trace_id": self.trace_id,
            "from_ns": self.from_ns,
            "to_ns": self.to_ns,
        }


def find_trace_place(database: Database, workspace_id: str, trace_id: str) -> TracePlace | None:
    """Where the trace lies; None if there is no such trace."""
    parameters = {"workspace_id": workspace_id, "trace_id": trace_id}
    with database.read_connection() as connection:
        rows = connection.rows("traces/trace_place", parameters)
    return TracePlace(workspace_id, trace_id, **rows[0]) if rows else None


def counted_spans(database: Database, place: TracePlace, span_ids: Sequence[str]) -> set[str]:
    """Which of the spans are calls whose figures count in the trace's."""
    parameters = place.parameters | {"session_id": place.session_id, "span_ids": list(span_ids)}
    with database.read_connection() as connection:
        rows = connection.rows("traces/counted_spans", parameters)
    return set(rows[0]["span_ids"]) if rows else set()


def has_children(database: Database, place: TracePlace, span_id: str) -> bool:
    """Whether any span is below this one."""
    with database.read_connection() as connection:
        (row,) = connection.rows("traces/has_children", place.parameters | {"span_id": span_id})
    return bool(row["has_children"])


def root_span_id(database: Database, place: TracePlace) -> str:
    """The root span of the trace or, without one, its earliest; empty if it has no spans."""
    with database.read_connection() as connection:
        rows = connection.rows("traces/trace_root", place.parameters)
    return str(rows[0]["span_id"]) if rows else ""


def span_tree(database: Database, place: TracePlace) -> list[Place]:
    """The places of all spans of the trace, siblings in order of start."""
    with database.read_connection() as connection:
        (row,) = connection.rows("traces/trace_tree", place.parameters)
    return places(list(zip(row["span_ids"], row["parent_ids"], strict=True)))


def read_spans(
    database: Database, place: TracePlace, span_ids: Sequence[str], *, with_details: bool = False
) -> dict[str, Span]:
    """The given spans of the trace by id."""
    with database.read_connection() as connection:
        rows = connection.rows(
            "traces/trace_spans",
            place.parameters | {"span_ids": list(span_ids)},
            columns=_DETAILS if with_details else "",
        )
    return {row["span_id"]: _span(row) for row in rows}


def _span(row: Mapping[str, Any]) -> Span:
    return Span(
        span_id=row["span_id"],
        parent_span_id=row["parent_span_id"],
        name=row["name"],
        kind=row["kind"],
        scope=row["scope"],
        signal=row["signal"],
        is_error=row["is_error"],
        status_message=row["status_message"],
        started_ns=row["started_ns"],
        ended_ns=row["ended_ns"],
        provider=row["provider"],
        request_model=row["request_model"],
        response_model=row["response_model"],
        finish_reason=row["finish_reason"],
        time_to_first_token_ms=row["time_to_first_token_ms"],
        reports_usage=row["reports_usage"],
        usage=usage_of(row),
        billing=billing_of(row),
        cost_source=row["cost_source"],
        read_details=_details(row) if "attributes" in row else None,
    )


def _details(row: Mapping[str, Any]) -> SpanDetails:
    return SpanDetails(
        attributes=row["attributes"],
        json_attributes=row["json_attributes"],
        truncated_attributes=row["truncated_attributes"],
        dropped_attributes_count=row["dropped_attributes_count"],
        resource_attributes=row["resource_attributes"],
        events=[SpanEvent(**event) for event in row["events"]],
        links=[SpanLink(**link) for link in row["links"]],
    )
