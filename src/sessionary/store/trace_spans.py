"""Read the spans of one trace. Every function takes the workspace first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sessionary.model.span import Span, SpanDetails, SpanEvent, SpanLink
from sessionary.model.span_tree import Place, places
from sessionary.store.database import Database
from sessionary.store.session_rows import billing_of, usage_of

_DETAILS = (
    ", attributes, json_attributes, truncated_attributes, dropped_attributes_count"
    ", resource_attributes, events, links"
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A trace of a workspace, and where its spans lie in time."""

    workspace_id: str
    trace_id: str
    from_ns: int
    to_ns: int

    @property
    def parameters(self) -> dict[str, object]:
        """As the statements name them."""
        return {
            "workspace_id": self.workspace_id,
            "trace_id": self.trace_id,
            "from_ns": self.from_ns,
            "to_ns": self.to_ns,
        }


def trace_bounds(database: Database, workspace_id: str, trace_id: str) -> Bounds | None:
    """Where the spans of the trace lie; None if there is no such trace."""
    parameters = {"workspace_id": workspace_id, "trace_id": trace_id}
    with database.reading() as connection:
        rows = connection.rows("queries/trace_bounds", parameters)
    return Bounds(workspace_id, trace_id, rows[0]["from_ns"], rows[0]["to_ns"]) if rows else None


def root_span_id(database: Database, bounds: Bounds) -> str:
    """The root span of the trace or, without one, its earliest; empty if it has no spans."""
    with database.reading() as connection:
        rows = connection.rows("queries/trace_root", bounds.parameters)
    return str(rows[0]["span_id"]) if rows else ""


def span_tree(database: Database, bounds: Bounds) -> list[Place]:
    """The places of all spans of the trace, siblings in order of start."""
    with database.reading() as connection:
        (row,) = connection.rows("queries/trace_tree", bounds.parameters)
    return places(list(zip(row["span_ids"], row["parent_ids"], strict=True)))


def read_spans(
    database: Database, bounds: Bounds, span_ids: Sequence[str], *, with_details: bool = False
) -> dict[str, Span]:
    """The given spans of the trace by id."""
    with database.reading() as connection:
        rows = connection.rows(
            "queries/trace_spans",
            bounds.parameters | {"span_ids": list(span_ids)},
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
