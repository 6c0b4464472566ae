"""Timelines as JSON: one list a column, since a row each would be several times as long."""

from typing import Literal

from pydantic import BaseModel, Field

from sessionary.api.figures.timeline import (
    COST,
    DURATION,
    STARTED,
    TOKENS,
    columns_json,
    timeline_json,
)
from sessionary.api.http.json import Json
from sessionary.model.timeline import Timeline


class TraceColumns(BaseModel):
    """The traces in order of start; all lists are equally long."""

    trace_id: list[str]
    name: list[str] = Field(description="What each is called.")
    started_at: list[float] = STARTED
    duration_ms: list[float] = DURATION
    is_error: list[bool] = Field(description="Whether each has an error.")
    spans_count: list[int] = Field(description="Spans of each.")
    unpriced_calls_count: list[int] = Field(
        description="Model calls of each without a price: they add 0 to the cost."
    )
    total_tokens: list[int] = TOKENS
    total_cost: list[float] = COST


class SessionTimelineBody(BaseModel):
    """What it takes to draw a session."""

    object: Literal["timeline"]
    traces: TraceColumns
    has_more: bool = Field(description="Whether more follow: ask for those after `lastId`.")


def session_timeline_json(timeline: Timeline) -> Json:
    """Traces as columns."""
    return timeline_json(timeline, traces=columns_json(timeline.columns))
