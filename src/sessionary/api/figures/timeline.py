"""Timelines as JSON: a list per column is several times shorter than an object per row."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field

from sessionary.api.http.json import Json
from sessionary.model.timeline import Timeline

_NS_PER_MS = 1_000_000

STARTED = Field(description="When each started, in milliseconds since 1970.")
DURATION = Field(description="How long each took, in milliseconds.")
TOKENS = Field(description="Tokens of each, sent and received.")
COST = Field(description="US dollars of each.")


def timeline_json(timeline: Timeline, **rows: Json) -> Json:
    """A timeline with the columns of its rows."""
    return {"object": "timeline", **rows, "has_more": timeline.has_more}


def columns_json(columns: Mapping[str, Sequence[Any]]) -> Json:
    """The columns, with starts in milliseconds since 1970."""
    shape: Json = {name: list(values) for name, values in columns.items()}
    shape["started_at"] = [ns / _NS_PER_MS for ns in shape.pop("started_ns")]
    return shape
