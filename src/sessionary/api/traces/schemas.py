"""Schemas of traces and spans for the OpenAPI document and generated clients.

Responses are made by serialize.py; tests check that they fit these models.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sessionary.api.conversations.schemas import MessageBody
from sessionary.api.figures.figures import ModelUseBody
from sessionary.api.figures.rates import COST_SOURCE, CostSource, RateCardBody
from sessionary.api.http.optional_field import optional_field

Status = Literal["ok", "error"]
_TRACE_ID = ["0af7651916cd43dd8448eb211c80319c"]
_SPAN_ID = ["b7ad6b7169203331"]


class TokensBody(BaseModel):
    """Tokens of model calls, each call once."""

    prompt_tokens: int = Field(description="Tokens sent; cached ones included.", examples=[480])
    completion_tokens: int = Field(
        description="Tokens received; reasoning ones included.", examples=[132]
    )
    total_tokens: int = Field(description="Tokens in all.", examples=[612])
    prompt_cached_tokens: int = Field(description="Prompt tokens from a cache.", examples=[256])
    prompt_cache_creation_tokens: int = Field(
        description="Prompt tokens written to a cache.", examples=[0]
    )
    completion_reasoning_tokens: int = Field(description="Of the completion tokens.", examples=[64])


class CostBody(BaseModel):
    """What model calls cost."""

    input: float = Field(description="US dollars for prompt tokens.", examples=[0.0012])
    output: float = Field(description="US dollars for completion tokens.", examples=[0.0024])
    total: float = Field(description="US dollars in all.", examples=[0.0036])
    currency: Literal["USD"]


class _TimedBody(BaseModel):
    started_at: datetime = Field(description="Its start.")
    ended_at: datetime = Field(description="Its end.")
    duration_ms: float = Field(description="Milliseconds between the two.", examples=[1240.5])


class _CountsBody(BaseModel):
    spans_count: int = Field(description="Spans.", examples=[7])
    model_calls_count: int = Field(description="Model calls, each once.", examples=[2])
    failed_calls_count: int = Field(description="Model calls that failed.", examples=[0])
    unpriced_calls_count: int = Field(
        description="Model calls without a price: they add 0 to the cost.", examples=[0]
    )
    tool_calls_count: int = Field(description="Tool calls.", examples=[1])
    errors_count: int = Field(
        description="Failed calls; 1 where the trace failed otherwise.", examples=[0]
    )


class TraceBody(_TimedBody, _CountsBody):
    """A trace with its figures; what is not known is left out."""

    object: Literal["trace"]
    trace_id: str = Field(description="32 hexadecimal digits.", examples=_TRACE_ID)
    root_span_id: str = optional_field(
        "The root span, else the earliest; only where one trace is asked for.", examples=_SPAN_ID
    )
    name: str = optional_field("The root span's name.", examples=["chat"])
    status: Status = Field(description="error where any span failed.")
    project_id: str = optional_field("The project.", examples=["web"])
    identity_id: str = optional_field("The end user.", examples=["ada"])
    session_id: str = optional_field("The session's external id.", examples=["conversation-42"])
    thread_id: str = optional_field("The same as session_id.", examples=["conversation-42"])
    product: Literal["otel"]
    providers: list[str] = Field(description="Who served the calls.", examples=[["openai"]])
    models: list[str] = Field(description="The models that answered.", examples=[["gpt-4o"]])
    usage: TokensBody
    cost: CostBody
    tags: list[str] = Field(description="Distinct tags, sorted.", examples=[["support"]])


class TraceAnswer(BaseModel):
    """One trace."""

    trace: TraceBody


class SearchedBody(BaseModel):
    """What was searched."""

    model_config = ConfigDict(populate_by_name=True)

    start: datetime = Field(alias="from", description="The first start of a trace.")
    to: datetime = Field(description="What all starts are before.")
    row_count: int = Field(description="Traces of this page.", examples=[50])


class TracesBody(BaseModel):
    """A page of traces."""

    object: Literal["list"]
    data: list[TraceBody]
    has_more: bool = Field(description="Whether more follow.")
    next_page_token: str = optional_field("The page_token of the next page; only if more follow.")
    meta: SearchedBody


class SpanBody(_TimedBody):
    """A span without its text; what is not known is left out."""

    object: Literal["span"]
    trace_id: str = Field(description="32 hexadecimal digits.", examples=_TRACE_ID)
    span_id: str = Field(description="16 hexadecimal digits.", examples=_SPAN_ID)
    parent_span_id: str = optional_field("The span above, also one that is not here.")
    name: str = optional_field("Its name.", examples=["chat gpt-4o"])
    type: str = Field(description="What it does: llm, embedding, agent, tool…", examples=["llm"])
    status: Status
    provider: str = optional_field("Who served the call.", examples=["openai"])
    model: str = optional_field("The model that answered.", examples=["gpt-4o-2024-08-06"])
    requested_model: str = optional_field("The model that was asked for.", examples=["gpt-4o"])
    usage: TokensBody = optional_field("Its tokens, if it reports any.")
    cost: CostBody = optional_field("Its cost, where that is known.")
    has_detail: Literal[True]
    level: int = Field(description="How deep in the tree; a root is 0.", examples=[1])
    has_children: bool = Field(description="Whether spans are below it.")
    trace_framework: str = optional_field(
        "The library that reported a root span.", examples=["langfuse-sdk"]
    )
    finish_reasons: list[str] = optional_field("Why the model stopped.", examples=[["stop"]])
    is_counted: bool = Field(description="Whether its figures are among the trace's.")
    time_to_first_token_ms: float = optional_field(
        "Milliseconds to the first token.", examples=[310.5]
    )


class SpansBody(BaseModel):
    """A page of spans, each below its parent."""

    object: Literal["list"]
    data: list[SpanBody]
    has_more: bool = Field(description="Whether more follow.")
    next_page_token: str = optional_field("The page_token of the next page; only if more follow.")


class SpanErrorBody(BaseModel):
    """Why a span failed."""

    message: str = optional_field("As it was reported.")
    type: str = optional_field("That of its last exception.", examples=["ValueError"])
    stack_trace: str = optional_field("That of its last exception.")


class SpanEventBody(BaseModel):
    """Something that happened in a span."""

    name: str = Field(examples=["exception"])
    time: datetime
    attributes: dict[str, str]


class SpanLinkBody(BaseModel):
    """Another span that this one names."""

    trace_id: str = Field(description="32 hexadecimal digits.", examples=_TRACE_ID)
    span_id: str = Field(description="16 hexadecimal digits.", examples=_SPAN_ID)
    attributes: dict[str, str]


class AncestorBody(BaseModel):
    """A span above another."""

    span_id: str = Field(description="16 hexadecimal digits.", examples=_SPAN_ID)
    name: str = Field(description="May be empty.", examples=["answer"])
    type: str = Field(description="What it does: llm, embedding, agent, tool…", examples=["agent"])


class SpanDetailBody(BaseModel):
    """A span with everything recorded for it; unknown fields are omitted."""

    summary: SpanBody
    session_id: str = optional_field("The session's external id.", examples=["conversation-42"])
    ancestors: list[AncestorBody] = Field(
        description="What is above it, from the root; empty in trees deeper than 64 spans."
    )
    input: list[MessageBody] = Field(description="What it was given, if that can be read.")
    output: list[MessageBody] = Field(description="What it answered, if that can be read.")
    cost_source: CostSource = Field(description=COST_SOURCE)
    price: RateCardBody = optional_field("What its cost was made from.")
    attributes: dict[str, Any] = Field(
        description="By name: text, or a JSON value.",
        examples=[{"gen_ai.request.model": "gpt-4o"}],
    )
    error: SpanErrorBody = optional_field("Only where it failed.")
    events: list[SpanEventBody]
    links: list[SpanLinkBody]
    resource_attributes: dict[str, str] = Field(description="Of the process that reported it.")
    scope: str = optional_field("The library that reported it.")
    signal: str = optional_field("Whether it came from a trace or a log record.")
    truncated_attributes: list[str] = optional_field("Attributes that were too long to keep whole.")
    dropped_attributes_count: int = optional_field("Attributes that were too many to keep.")


class SpanAnswer(BaseModel):
    """One span."""

    span: SpanDetailBody


class SessionTraceBody(_CountsBody):
    """A trace of a session, or of none, with all its figures."""

    trace_id: str = Field(description="32 hexadecimal digits.", examples=_TRACE_ID)
    session_id: str | None = Field(description="The session's external id, or null.")
    project_id: str | None = Field(description="The project, or null.")
    name: str = Field(description="The root span's name; may be empty.", examples=["chat"])
    started_at: datetime = Field(description="Start of the first span.")
    ended_at: datetime = Field(description="End of the last span.")
    duration: float = Field(description="Milliseconds between the two.", examples=[1240.5])
    contact_id: str | None = Field(description="The end user, or null.", examples=["ada"])
    tags: list[str] = Field(description="Distinct tags, sorted.", examples=[["support"]])
    error_spans_count: int = Field(description="Spans that failed.", examples=[0])
    has_error: bool = Field(description="Whether any span failed.")
    prompt_tokens: int = Field(description="Tokens sent; cached ones included.", examples=[480])
    completion_tokens: int = Field(
        description="Tokens received; reasoning ones included.", examples=[132]
    )
    total_tokens: int = Field(description="Tokens in all.", examples=[612])
    cached_tokens: int = Field(description="Prompt tokens from a cache.", examples=[256])
    cache_write_tokens: int = Field(description="Prompt tokens written to a cache.", examples=[0])
    reasoning_tokens: int = Field(description="Of the completion tokens.", examples=[64])
    input_cost: float = Field(description="US dollars for prompt tokens.", examples=[0.0012])
    output_cost: float = Field(description="US dollars for completion tokens.", examples=[0.0024])
    total_cost: float = Field(description="US dollars in all.", examples=[0.0036])
    models: list[ModelUseBody] = Field(description="By model.")


class SessionTracesBody(BaseModel):
    """A page of traces, in order of start."""

    object: Literal["list"]
    data: list[SessionTraceBody]
    has_more: bool = Field(description="Whether more follow.")
