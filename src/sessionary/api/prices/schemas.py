"""Prices, models and what pricing again changes, as they are sent."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from sessionary.api.figures.rates import COST_SOURCE, CostSource, RatesShape, rates_json
from sessionary.api.http.json import Json, instant, present
from sessionary.model.price import CustomPrice
from sessionary.services.prices.apply import Applied
from sessionary.services.prices.model_catalog import PricedModel
from sessionary.services.prices.preview import Change, Preview


class PriceShape(RatesShape):
    """An own price."""

    object: Literal["price"]
    id: str
    model: str = Field(description="A name, or a pattern with `*`.")
    provider: str | None = Field(default=None, description="Absent: any provider.")
    valid_from: datetime | None = Field(default=None, description="Absent: since ever.")


class PricesShape(BaseModel):
    """All own prices, those of a model together, the latest first."""

    object: Literal["list"]
    data: list[PriceShape]
    has_more: bool


class EffectivePriceShape(BaseModel):
    """What the next call of a model would cost."""

    source: CostSource = Field(
        description=f"{COST_SOURCE} `client` where the client reported that of the last call."
    )
    rates: RatesShape | None = Field(
        default=None, description="Absent where no price is known; of calls of little input."
    )
    has_tiers: bool = Field(description="Whether calls of much input have another price.")
    price_id: str | None = Field(default=None, description="The own price that holds.")


class ModelShape(BaseModel):
    """A model of calls that count."""

    object: Literal["model"]
    model: str = Field(description="As the response named it; empty where nothing named one.")
    requested_models: list[str] = Field(description="As the requests named it.")
    providers: list[str] = Field(description="Who took part in traces with it.")
    calls: int = Field(description="Calls that count.")
    failed_calls: int = Field(description="Of these, how many failed.")
    unpriced_calls: int = Field(description="Of these, how many have no known price.")
    prompt_tokens: int = Field(description="Tokens sent.")
    completion_tokens: int = Field(description="Tokens received.")
    total_tokens: int = Field(description="Both.")
    cost: float = Field(description="US dollars, without the unpriced calls.")
    first_seen_at: datetime = Field(description="When the first trace with it began.")
    last_seen_at: datetime = Field(description="When the last trace with it ended.")
    price: EffectivePriceShape


class ModelsShape(BaseModel):
    """The models, those with unpriced calls first, then by cost."""

    object: Literal["list"]
    data: list[ModelShape]
    has_more: bool


class ChangeShape(BaseModel):
    """What calls would cost."""

    calls: int = Field(description="Calls that count and would cost something else.")
    cost_before: float = Field(description="US dollars that they cost now.")
    cost_after: float = Field(description="US dollars that they would cost.")
    unpriced_before: int = Field(description="How many of them have no price now.")
    unpriced_after: int = Field(description="How many of them would have none.")


class ModelChangeShape(ChangeShape):
    """What the calls of a model would cost."""

    model: str


class SessionChangeShape(ChangeShape):
    """What such calls of a session would cost."""

    session_id: str = Field(description="The external id.")


class PreviewShape(ChangeShape):
    """What pricing again would change."""

    traces_count: int = Field(description="Traces whose cost would change.")
    sessions_count: int = Field(description="Sessions whose cost would change.")
    models: list[ModelChangeShape] = Field(description="By model, the greatest change first.")
    sessions: list[SessionChangeShape] = Field(
        description="The ten sessions whose cost would change most."
    )


class AppliedShape(BaseModel):
    """What pricing again did."""

    calls: int = Field(description="Calls that have another cost now, also those not counted.")


def price_json(price: CustomPrice) -> Json:
    """An own price."""
    scope = price.scope
    return (
        {"object": "price", "id": price.id, "model": scope.model}
        | present(
            provider=scope.provider,
            valid_from=scope.valid_from_ns and instant(scope.valid_from_ns),
        )
        | rates_json(price.rates)
    )


def model_json(model: PricedModel) -> Json:
    """A model and its price."""
    seen = model.seen
    return {
        "object": "model",
        "model": seen.model,
        "requested_models": list(seen.request_models),
        "providers": list(seen.providers),
        "calls": seen.calls,
        "failed_calls": seen.failed_calls,
        "unpriced_calls": seen.unpriced_calls,
        "prompt_tokens": seen.input_tokens,
        "completion_tokens": seen.output_tokens,
        "total_tokens": seen.input_tokens + seen.output_tokens,
        "cost": float(seen.cost),
        "first_seen_at": instant(seen.first_seen_ns),
        "last_seen_at": instant(seen.last_seen_ns),
        "price": _price_in_force_json(model),
    }


def _price_in_force_json(model: PricedModel) -> Json:
    price = model.price
    return {"source": _source(model), "has_tiers": price.has_tiers} | present(
        rates=price.rates and rates_json(price.rates), price_id=price.own and price.own.id
    )


def _source(model: PricedModel) -> CostSource:
    if model.seen.cost_source == "client":
        return "client"
    if model.price.own is not None:
        return "own"
    return "none" if model.price.rates is None else "list"


def preview_json(preview: Preview) -> Json:
    """What would change."""
    return _change_json(preview.change) | {
        "traces_count": preview.traces_count,
        "sessions_count": preview.sessions_count,
        "models": [{"model": name} | _change_json(c) for name, c in preview.models.items()],
        "sessions": [
            {"session_id": name} | _change_json(c) for name, c in preview.sessions.items()
        ],
    }


def applied_json(applied: Applied) -> Json:
    """What was changed."""
    return {"calls": applied.calls}


def _change_json(change: Change) -> Json:
    return {
        "calls": change.calls,
        "cost_before": float(change.cost_before),
        "cost_after": float(change.cost_after),
        "unpriced_before": change.unpriced_before,
        "unpriced_after": change.unpriced_after,
    }
