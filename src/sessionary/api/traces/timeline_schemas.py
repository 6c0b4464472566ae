"""Timelines of traces: one list per column."""

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
from sessionary.api.http.optional_field import optional_field
from sessionary.model.timeline import Timeline


class SpanColumns(BaseModel):
    """The spans in order of start; all lists are equally long."""

    span_id: list[str]
    parent_span_id: list[str] = Field(
        description="What each is below; empty for a root. It may come later, or not at all."
    )
    name: list[str] = Field(description="What each is called.")
    type: list[str] = Field(description="What each does: llm, tool, agent…")
    started_at: list[float] = STARTED
    duration_ms: list[float] = DURATION
    is_error: list[bool] = Field(description="Whether each failed.")
    model: list[str] = Field(description="The model that answered; empty where there is none.")
    total_tokens: list[int] = TOKENS
    total_cost: list[float] = COST
    is_counted: list[bool] = Field(
        description="Whether its tokens and cost count in the trace's: each call counts once."
    )
    is_unpriced: list[bool] = Field(
        description="Whether each is a counted call without a price: it adds 0 to the cost."
    )


class TraceTimelineBody(BaseModel):
    """What it takes to draw a trace."""

    object: Literal["timeline"]
    spans: SpanColumns
    has_more: bool = Field(description="Whether more follow.")
    next_page_token: str = optional_field("The page_token of the next page; only if more follow.")


def trace_timeline_json(timeline: Timeline) -> Json:
    """Spans as columns, and where the next page goes on."""
    answer = timeline_json(timeline, spans=columns_json(timeline.columns))
    if timeline.has_more:
        columns = timeline.columns
        answer["next_page_token"] = f"{columns['started_ns'][-1]}-{columns['span_id'][-1]}"
    return answer
