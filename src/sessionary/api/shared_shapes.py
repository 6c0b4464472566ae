"""What a guest of a share link sees, as JSON and in the OpenAPI document.

Less than whoever has a key: nothing of who took part or where it belongs, and without messages
nothing that a person or a model wrote.
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sessionary.access.share_links import Shared
from sessionary.api.conversation_shapes import turn_json
from sessionary.api.session_schema import BillingBody, ModelUseBody, UsageBody
from sessionary.api.shapes import (
    EXTRA_FIELDS,
    Json,
    current_session_json,
    instant,
    present,
    trace_json,
)
from sessionary.model.message import TOOL_CALL, TOOL_RESULT, Part
from sessionary.model.trace import Trace
from sessionary.model.turn import Turn

_SHOWN = frozenset(EXTRA_FIELDS) - {"scores", "metadata", "first_input", "last_output"}
_KEPT_BACK = ("workspace_id", "project_id", "contact_ids", "contact_id", "session_id", "repo")


class SharedSessionBody(BaseModel):
    """The session of a link."""

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(alias="_id")
    external_id: str
    title: str = Field(default="", description="Left out where not known, or without messages.")
    client: str = Field(default="", description="claude-code, codex, cursor…; left out if none.")
    kind: str = Field(default="", description="Left out where it is not known.")
    started_at: datetime = Field(description="Start of the first span.")
    ended_at: datetime = Field(description="End of the last span.")
    updated_at: datetime = Field(description="When the server last changed this session.")
    duration: float = Field(description="Milliseconds from the first start to the last end.")
    active_duration: float = Field(description="Milliseconds in which any trace ran.")
    idle_duration: float = Field(description="Milliseconds in which none ran.")
    billing: BillingBody
    usage: UsageBody
    cached_tokens: int = Field(description="Prompt tokens from a cache.")
    cache_write_tokens: int = Field(description="Prompt tokens cached.")
    reasoning_tokens: int = Field(description="Of the completion tokens.")
    traces_count: int = Field(description="Distinct traces.")
    spans_count: int = Field(description="Spans.")
    model_calls_count: int = Field(description="Model calls, each once.")
    failed_calls_count: int = Field(description="Model calls that failed.")
    tool_calls_count: int = Field(description="Tool calls.")
    errors_count: int = Field(description="Failed calls, and traces that failed otherwise.")
    unpriced_calls_count: int = Field(description="Model calls that add 0 to the cost.")
    models: list[ModelUseBody] = Field(description="By model.")
    tags: list[str] = Field(description="Distinct tags, sorted.")


class SharedBody(BaseModel):
    """What a link shows."""

    session: SharedSessionBody
    with_messages: bool = Field(description="Whether it shows what was said.")
    expires_at: datetime = Field(description="From then on it shows nothing.")


class SharedPageBody(BaseModel):
    """A page of traces or turns."""

    object: str = Field(examples=["list"])
    data: list[dict[str, Any]]
    has_more: bool = Field(description="Whether more follow.")


def shared_json(shared: Shared) -> Json:
    """The session and what the link says of itself."""
    session = _kept_back(current_session_json(shared.session, _SHOWN))
    if not shared.link.with_messages:
        session.pop("title", None)
    return {
        "session": session,
        "with_messages": shared.link.with_messages,
        "expires_at": instant(shared.link.expires_ns),
    }


def shared_trace_json(trace: Trace) -> Json:
    """A trace of it."""
    return _kept_back({k: v for k, v in trace_json(trace).items() if v is not None})


def shared_turn_json(turn: Turn, *, with_messages: bool) -> Json:
    """A turn of it; without messages, what its parts are and no more."""
    shape = turn_json(turn)
    if with_messages:
        return shape
    shape.pop("error", None)
    shape["content"] = [_without_text(part) for part in turn.parts]
    return shape


def _without_text(part: Part) -> Json:
    is_tools = part.type in (TOOL_CALL, TOOL_RESULT)
    return {"type": part.type} | present(name=part.name if is_tools else "")


def _kept_back(shape: Json) -> Json:
    return {name: value for name, value in shape.items() if name not in _KEPT_BACK}
