"""How sessions look, for the OpenAPI document and for the clients made from it.

What is sent is made by shapes.py; that it fits these models is tested.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["THREAD_KIND_CONVERSATION", "THREAD_KIND_CODING_AGENT"]


class BillingBody(BaseModel):
    """US dollars; exact to the picodollar inside, JSON numbers here."""

    input_cost: float = Field(description="US dollars for prompt tokens.", examples=[0.0012])
    output_cost: float = Field(description="US dollars for completion tokens.", examples=[0.0024])
    total_cost: float = Field(description="US dollars in all.", examples=[0.0036])


class UsageBody(BaseModel):
    """Tokens of model calls, each call once."""

    prompt_tokens: int = Field(description="Tokens sent; cached ones included.", examples=[480])
    completion_tokens: int = Field(
        description="Tokens received; reasoning ones included.", examples=[132]
    )
    total_tokens: int = Field(description="Tokens in all.", examples=[612])


class ModelUseBody(BaseModel):
    """What one model did in a session or trace."""

    model: str | None = Field(description="The model that answered; null where calls name none.")
    calls: int = Field(description="Model calls.")
    failed_calls: int = Field(description="Model calls that failed.")
    prompt_tokens: int = Field(description="Tokens sent; cached ones included.")
    completion_tokens: int = Field(description="Tokens received; reasoning ones included.")
    total_tokens: int = Field(description="Tokens in all.")
    cost: float = Field(description="US dollars.")
    request_models: list[str | None] = Field(description="The models that were asked for.")


class _SessionBody(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(
        alias="_id",
        description="Stable and opaque; the same on any server.",
        examples=["1c5f86a3d0b24f0d9d8c1d64a4f7c0de"],
    )
    external_id: str = Field(
        description="Your own id of the session.", examples=["conversation-42"]
    )
    duration: float = Field(
        description="Milliseconds from the first span's start to the last span's end.",
        examples=[1240.5],
    )
    contact_ids: list[str] = Field(description="The end users seen, sorted.", examples=[["ada"]])
    billing: BillingBody
    usage: UsageBody
    traces_count: int = Field(description="Distinct traces.", examples=[2])
    tags: list[str] = Field(description="Distinct tags, sorted.", examples=[["support"]])
    workspace_id: str = Field(description="The tenant.", examples=["default"])
    started_at: datetime = Field(description="Start of the first span.")
    updated_at: datetime = Field(description="When the server last changed this session.")


class _ExtraBody(BaseModel):
    """Only where `includedFields` or `include` names them."""

    ended_at: datetime | None = Field(default=None, description="End of the last span.")
    active_duration: float | None = Field(
        default=None, description="Milliseconds in which any trace ran."
    )
    idle_duration: float | None = Field(
        default=None, description="Milliseconds in which none ran, between the two ends."
    )
    spans_count: int | None = Field(default=None, description="Spans.")
    model_calls_count: int | None = Field(default=None, description="Model calls, each once.")
    failed_calls_count: int | None = Field(default=None, description="Model calls that failed.")
    tool_calls_count: int | None = Field(default=None, description="Tool calls.")
    errors_count: int | None = Field(
        default=None, description="Failed calls, and traces that failed otherwise."
    )
    unpriced_calls_count: int | None = Field(
        default=None, description="Model calls without a price: they add 0 to the cost."
    )
    models: list[ModelUseBody] | None = Field(default=None, description="By model.")
    cached_tokens: int | None = Field(default=None, description="Prompt tokens from a cache.")
    cache_write_tokens: int | None = Field(default=None, description="Prompt tokens cached.")
    reasoning_tokens: int | None = Field(default=None, description="Of the completion tokens.")


class ClassicSessionBody(_SessionBody, _ExtraBody):
    """A session, in the classic generation."""

    project_id: str | None = Field(description="The project, or null.")
    title: str | None = Field(default=None, description="What it is about.")
    client: str | None = Field(default=None, description="claude-code, codex, cursor…")
    repo: str | None = Field(default=None, description="The repository worked on.")
    kind: Kind | None = Field(default=None, description="What kind of session it is.")


class SessionBody(_SessionBody, _ExtraBody):
    """A session, in the current generation: what is not known is left out."""

    project_id: str = Field(default="", description="The project; left out where there is none.")
    title: str = Field(default="", description="What it is about; left out where not known.")
    client: str = Field(default="", description="claude-code, codex, cursor…; left out if none.")
    repo: str = Field(default="", description="The repository; left out where there is none.")
    kind: Kind | None = Field(default=None, description="Left out where it is not known.")


class SessionsBody(BaseModel):
    """A page of sessions."""

    object: Literal["list"]
    data: list[SessionBody]
    has_more: bool = Field(description="Whether more follow in the direction of the walk.")


class ClassicSessionsBody(BaseModel):
    """A page of sessions, in the classic generation."""

    object: Literal["list"]
    data: list[ClassicSessionBody]
    has_more: bool = Field(description="Whether more follow in the direction of the walk.")


class CountBody(BaseModel):
    """How many there are."""

    count: int = Field(examples=[12])
