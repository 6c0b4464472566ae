"""Schemas of sessions for the OpenAPI document and generated clients.

Responses are made by serialize.py; tests check that they fit these models.
"""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sessionary.api.figures.figures import BillingBody, ModelUseBody, UsageBody
from sessionary.api.http.optional_field import optional_field

Kind = Literal["THREAD_KIND_CONVERSATION", "THREAD_KIND_CODING_AGENT"]


class ScoreSummaryBody(BaseModel):
    """The scores of one name that a session, its traces and their spans have."""

    count: int = Field(description="How many.", examples=[2])
    mean: float | None = Field(
        description="Of those with a number, true being 1 and false 0; null where there is none.",
        examples=[0.5],
    )
    last: bool | float | str | list[str] = Field(
        description="The value given last.", examples=[0.75]
    )


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
    started_at: datetime = Field(
        description="Start of the first span.", examples=["2026-01-05T10:00:00.000000000Z"]
    )
    updated_at: datetime = Field(
        description="When the server last changed this session.",
        examples=["2026-01-05T10:00:02.500000000Z"],
    )


class _ExtraBody(BaseModel):
    """Only where `includedFields` or `include` names them."""

    ended_at: datetime = optional_field("End of the last span.")
    active_duration: float = optional_field(
        "Milliseconds in which any trace ran.", examples=[1200.25]
    )
    idle_duration: float = optional_field(
        "Milliseconds in which none ran, between the two ends.", examples=[40.25]
    )
    spans_count: int = optional_field("Spans.", examples=[7])
    model_calls_count: int = optional_field("Model calls, each once.", examples=[2])
    failed_calls_count: int = optional_field("Model calls that failed.", examples=[0])
    tool_calls_count: int = optional_field("Tool calls.", examples=[1])
    errors_count: int = optional_field(
        "Failed calls, and traces that failed otherwise.", examples=[0]
    )
    unpriced_calls_count: int = optional_field(
        "Model calls without a price: they add 0 to the cost.", examples=[0]
    )
    models: list[ModelUseBody] = optional_field("By model.")
    cached_tokens: int = optional_field("Prompt tokens from a cache.", examples=[256])
    cache_write_tokens: int = optional_field("Prompt tokens written to a cache.", examples=[0])
    reasoning_tokens: int = optional_field("Of the completion tokens.", examples=[64])
    metadata: dict[str, str] = optional_field(
        "Metadata set by the application.", examples=[{"plan": "pro"}]
    )
    scores: dict[str, ScoreSummaryBody] = optional_field("The scores, by name.")


class ClassicSessionBody(_SessionBody, _ExtraBody):
    """A session, in the classic generation."""

    project_id: str | None = Field(description="The project, or null.", examples=["web"])
    title: str | None = optional_field(
        "What it is about, or null.", examples=["Refund of an order"]
    )
    client: str | None = optional_field("claude-code, codex, cursor…, or null.")
    repo: str | None = optional_field("The repository worked on, or null.")
    kind: Kind | None = optional_field("What kind of session it is, or null.")
    first_input: str | None = optional_field("The first words of a user: 500 characters; or null.")
    last_output: str | None = optional_field("The last words of a model: 500 characters; or null.")


class SessionBody(_SessionBody, _ExtraBody):
    """A session, in the current generation: what is not known is left out."""

    project_id: str = optional_field("The project.", examples=["web"])
    title: str = optional_field("What it is about.", examples=["Refund of an order"])
    client: str = optional_field("claude-code, codex, cursor…", examples=["claude-code"])
    repo: str = optional_field("The repository worked on.", examples=["github.com/acme/shop"])
    kind: Kind = optional_field("What kind of session it is.")
    first_input: str = optional_field("The first words of a user: 500 characters.")
    last_output: str = optional_field("The last words of a model: 500 characters.")


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

    count: int = Field(description="Sessions on all pages.", examples=[12])
