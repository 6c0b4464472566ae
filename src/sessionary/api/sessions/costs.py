"""What a session's calls cost, by kind and model, with the price."""

from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from sessionary.api.auth.middleware import principal_of
from sessionary.api.figures.rates import COST_SOURCE, CostSource, RateCardBody, card_json
from sessionary.api.http.json import Json, instant, present
from sessionary.api.http.optional_field import optional_field
from sessionary.api.reads import read, read_session
from sessionary.api.routing import add
from sessionary.services.sessions.cost import Price, PricedCalls, split_costs
from sessionary.store.sessions.costs import written_cost


class PricesBody(BaseModel):
    """The price at a time."""

    as_of: datetime = Field(description="When a call started that it holds for.")
    tiers: list[RateCardBody] = Field(description="By size of the call, the smallest first.")


class CallCostsBody(BaseModel):
    """Calls of one kind and model whose cost is known in the same way."""

    type: str = Field(description="What the calls are: llm, embedding, rerank, image, audio.")
    provider: str = optional_field("Who served the calls.", examples=["openai"])
    model: str = optional_field("The model that answered.", examples=["gpt-4o"])
    requested_model: str = optional_field("The model that was asked for.", examples=["gpt-4o"])
    cost_source: CostSource = Field(description=COST_SOURCE)
    calls: int = Field(description="Model calls, each once.")
    failed_calls: int = Field(description="Of those, the ones that failed.")
    unpriced_calls: int = Field(description="Calls without a price: they add 0 to the cost.")
    prompt_tokens: int = Field(description="Tokens sent; cached ones included.")
    completion_tokens: int = Field(description="Tokens received; reasoning ones included.")
    cached_tokens: int = Field(description="Prompt tokens from a cache.")
    cache_write_tokens: int = Field(description="Prompt tokens written to a cache.")
    reasoning_tokens: int = Field(description="Of the completion tokens.")
    input_cost: float = Field(description="US dollars for prompt tokens.")
    output_cost: float = Field(description="US dollars for completion tokens.")
    total_cost: float = Field(description="US dollars in all.")
    prices: list[PricesBody] = optional_field(
        "The price, if the cost is from one: that of the first call, and that of the last where "
        "it changed."
    )


class SessionCostsBody(BaseModel):
    """The calls of a session, in groups."""

    object: Literal["list"]
    data: list[CallCostsBody] = Field(description="The most expensive first.")
    written_cost: float = optional_field(
        "US dollars of the session's cost beyond that of its calls, less than 0 if below it, where "
        "API calls wrote another one.",
        examples=[0.02],
    )


def router() -> APIRouter:
    """The route; before those that take a session's name with slashes."""
    routes = APIRouter(tags=["Sessions"])
    add(
        routes,
        "GET",
        "/v2/sessions/{session_id:name}/costs",
        costs,
        name="get_session_costs",
        answer=SessionCostsBody,
        errors=(404,),
    )
    return routes


async def costs(request: Request, session_id: str) -> Json:
    """Split a session's measured cost, and return the cost written over it."""
    session = await read_session(request, session_id)
    by, database = principal_of(request), request.app.state.database
    found = await read(
        request,
        split_costs,
        database,
        by.workspace_id,
        session.external_id,
        request.app.state.prices.of(by.workspace_id),
        project_id=by.project_id,
    )
    written = await read(request, written_cost, database, by.workspace_id, session.id)
    overridden = {"written_cost": float(written)} if written else {}
    return {"object": "list", "data": [_json(calls) for calls in found]} | overridden


def _json(calls: PricedCalls) -> Json:
    costs = calls.costs
    return {
        "type": costs.kind,
        **present(
            provider=costs.provider,
            model=costs.response_model,
            requested_model=costs.request_model,
            prices=[_price_json(price) for price in calls.prices],
        ),
        "cost_source": costs.cost_source,
        "calls": costs.calls,
        "failed_calls": costs.failed_calls,
        "unpriced_calls": costs.unpriced_calls,
        "prompt_tokens": costs.usage.input_tokens,
        "completion_tokens": costs.usage.output_tokens,
        "cached_tokens": costs.usage.cache_read_tokens,
        "cache_write_tokens": costs.usage.cache_write_tokens,
        "reasoning_tokens": costs.usage.reasoning_tokens,
        "input_cost": float(costs.billing.input_cost),
        "output_cost": float(costs.billing.output_cost),
        "total_cost": float(costs.billing.total_cost),
    }


def _price_json(price: Price) -> Json:
    return {"as_of": instant(price.as_of_ns), "tiers": [card_json(card) for card in price.cards]}
