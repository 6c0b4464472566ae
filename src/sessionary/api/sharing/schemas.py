"""What a guest of a share link sees, as JSON and in the OpenAPI document.

Less than with a key: no contacts, projects or workspaces, and without messages
nothing that a person or a model wrote.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from sessionary.api.conversations.serialize import turn_json
from sessionary.api.figures.figures import BillingBody, ModelUseBody, UsageBody
from sessionary.api.http.json import Json, instant, present
from sessionary.api.http.optional_field import optional_field
from sessionary.api.sessions.schemas import Kind
from sessionary.api.sessions.serialize import EXTRA_FIELDS, current_session_json
from sessionary.api.traces.serialize import trace_json
from sessionary.model.message import JSON, Part
from sessionary.model.trace import Trace
from sessionary.model.turn import Turn
from sessionary.services.access.share_links import Shared

_SHOWN = frozenset(EXTRA_FIELDS) - {"scores", "metadata", "first_input", "last_output"}
_KEPT_BACK = ("workspace_id", "project_id", "contact_ids", "repo")
_OWNERS_OF_TRACES = ("session_id", "project_id", "contact_id")


class SharedSessionBody(BaseModel):
    """The session of a link."""

    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(alias="_id")
    external_id: str
    title: str = optional_field("What it is about; left out without messages.")
    client: str = optional_field("claude-code, codex, cursor…", examples=["claude-code"])
    kind: Kind = optional_field("What kind of session it is.")
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
    with_messages: bool = Field(description="Whether it shows messages.")
    expires_at: datetime = Field(description="From then on it shows nothing.")


def shared_json(shared: Shared) -> Json:
    """The session and what the link says of itself."""
    session = current_session_json(shared.session, _SHOWN)
    session = {name: value for name, value in session.items() if name not in _KEPT_BACK}
    if not shared.link.with_messages:
        session.pop("title", None)
    return {
        "session": session,
        "with_messages": shared.link.with_messages,
        "expires_at": instant(shared.link.expires_ns),
    }


def shared_trace_json(trace: Trace) -> Json:
    """A trace of it."""
    return trace_json(trace) | dict.fromkeys(_OWNERS_OF_TRACES)


def shared_turn_json(turn: Turn, *, with_messages: bool) -> Json:
    """A turn of it; without messages, what its parts are and which tools they name."""
    shape = turn_json(turn)
    if with_messages:
        return shape
    shape.pop("error", None)
    shape["content"] = [_without_text(part) for part in turn.parts]
    return shape


def _without_text(part: Part) -> Json:
    match part.type:
        case "text" | "reasoning":
            return {"type": part.type, "text": ""}
        case "tool_call" | "tool_result":
            return {"type": part.type} | present(name=part.name)
        case "image" | "audio" | "file":
            return {"type": part.type}
    return {"type": JSON, "value": None}
