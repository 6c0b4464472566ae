"""Usage, costs and model use, as each response shows them."""

from decimal import Decimal

from pydantic import BaseModel, Field

from sessionary.api.http.json import Json
from sessionary.model.session import Billing, ModelUse, Usage


def billing_json(billing: Billing) -> Json:
    """Costs in dollars."""
    return {
        "input_cost": _dollars(billing.input_cost),
        "output_cost": _dollars(billing.output_cost),
        "total_cost": _dollars(billing.total_cost),
    }


def usage_json(usage: Usage) -> Json:
    """Tokens."""
    return {
        "prompt_tokens": usage.input_tokens,
        "completion_tokens": usage.output_tokens,
        "total_tokens": usage.total_tokens,
    }


def model_json(use: ModelUse) -> Json:
    """What one model did."""
    return {
        "model": use.model or None,
        "calls": use.calls,
        "failed_calls": use.failed_calls,
        "prompt_tokens": use.input_tokens,
        "completion_tokens": use.output_tokens,
        "total_tokens": use.input_tokens + use.output_tokens,
        "cost": _dollars(use.cost),
        "request_models": [name or None for name in use.request_models],
    }


def _dollars(amount: Decimal) -> float:
    return float(amount)


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

    model: str | None = Field(
        description="The model that answered; null where calls name none.", examples=["gpt-4o"]
    )
    calls: int = Field(description="Model calls.", examples=[2])
    failed_calls: int = Field(description="Model calls that failed.", examples=[0])
    prompt_tokens: int = Field(description="Tokens sent; cached ones included.", examples=[480])
    completion_tokens: int = Field(
        description="Tokens received; reasoning ones included.", examples=[132]
    )
    total_tokens: int = Field(description="Tokens in all.", examples=[612])
    cost: float = Field(description="US dollars.", examples=[0.0036])
    request_models: list[str | None] = Field(
        description="The models that were asked for; null where a call names none.",
        examples=[["gpt-4o-latest"]],
    )
