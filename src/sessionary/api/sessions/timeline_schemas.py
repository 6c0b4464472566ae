"""Timelines as JSON: one list a column, since a row each would be several times as long."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from sessionary.api.http.optional_field import where_known
from sessionary.api.sessions.serialize import Json
from sessionary.model.timeline import Timeline

_NS_PER_MS = 1_000_000
_STARTED = Field(description="When each started, in milliseconds since 1970.")
_DURATION = Field(description="How long each took, in milliseconds.")
_TOKENS = Field(description="Tokens of each, sent and received.")
_COST = Field(description="US dollars of each.")


class TraceColumns(BaseModel):
    """The traces in order of start; all lists are equally long."""

    trace_id: list[str]
    name: list[str] = Field(description="What each is called.")
    started_at: list[float] = _STARTED
    duration_ms: list[float] = _DURATION
    is_error: list[bool] = Field(description="Whether each has an error.")
    spans_count: list[int] = Field(description="Spans of each.")
    unpriced_calls_count: list[int] = Field(
        description="Model calls of each without a price: they add 0 to the cost."
    )
    total_tokens: list[int] = _TOKENS
    total_cost: list[float] = _COST


class SpanColumns(BaseModel):
    """The spans in order of start; all lists are equally long."""

    span_id: list[str]
    parent_span_id: list[str] = Field(
        description="What each is below; empty for a root. It may come later, or not at all."
    )
    name: list[str] = Field(description="What each is called.")
    type: list[str] = Field(description="What each does: llm, tool, agent…")
    started_at: list[float] = _STARTED
    duration_ms: list[float] = _DURATION
    is_error: list[bool] = Field(description="Whether each failed.")
    model: list[str] = Field(description="The model that answered; empty where there is none.")
    total_tokens: list[int] = _TOKENS
    total_cost: list[float] = _COST
    is_counted: list[bool] = Field(
        description="Whether its tokens and cost count in the trace's: each call counts once."
    )
    is_unpriced: list[bool] = Field(
        description="Whether each is a counted call without a price: it adds 0 to the cost."
    )


class SessionTimelineBody(BaseModel):
    """What it takes to draw a session."""

    object: Literal["timeline"]
    traces: TraceColumns
    has_more: bool = Field(description="Whether more follow: ask for those after `lastId`.")


class TraceTimelineBody(BaseModel):
    """What it takes to draw a trace."""

    object: Literal["timeline"]
    spans: SpanColumns
    has_more: bool = Field(description="Whether more follow.")
    next_page_token: str = where_known("The page_token of the next page; only if more follow.")


def session_timeline_json(timeline: Timeline) -> Json:
    """Traces as columns."""
    return _json(timeline, traces=_columns(timeline.columns))


def trace_timeline_json(timeline: Timeline) -> Json:
    """Spans as columns, and where the next page goes on."""
    answer = _json(timeline, spans=_columns(timeline.columns))
    if timeline.has_more:
        columns = timeline.columns
        answer["next_page_token"] = f"{columns['started_ns'][-1]}-{columns['span_id'][-1]}"
    return answer


def _json(timeline: Timeline, **rows: Json) -> Json:
    return {"object": "timeline", **rows, "has_more": timeline.has_more}


def _columns(columns: Mapping[str, Sequence[Any]]) -> Json:
    shape: Json = {name: list(values) for name, values in columns.items()}
    shape["started_at"] = [ns / _NS_PER_MS for ns in shape.pop("started_ns")]
    return shape
