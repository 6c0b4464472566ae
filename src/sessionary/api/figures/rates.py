"""What a model charges as JSON: by an own price or the list's, in the same words."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

from sessionary.api.http.json import Json
from sessionary.api.http.optional_field import optional_field
from sessionary.model.price import RATE_NAMES, Rates
from sessionary.pricing.rates import PICODOLLARS, RateCard

_PICODOLLARS_PER_MILLION = PICODOLLARS // 10**6

CostSource = Literal["client", "own", "list", "none"]
COST_SOURCE = (
    "Source of the cost: reported by the application, computed from a custom or a list price, "
    "or not known, and then 0."
)


class RatesShape(BaseModel):
    """US dollars per million tokens of each sort; one that is absent is that of its parent."""

    input_per_million: float = Field(description="Prompt tokens.")
    output_per_million: float = Field(description="Completion tokens, reasoning included.")
    cache_read_per_million: float | None = Field(
        default=None, description="Prompt tokens read from a cache."
    )
    cache_write_per_million: float | None = Field(
        default=None, description="Prompt tokens written to a cache."
    )
    audio_input_per_million: float | None = Field(
        default=None, description="Prompt tokens of audio."
    )
    audio_output_per_million: float | None = Field(
        default=None, description="Completion tokens of audio."
    )
    per_thousand_requests: float | None = Field(
        default=None, description="US dollars per thousand calls, in addition to tokens."
    )


class RateCardBody(RatesShape):
    """A price of the list's or an own one; the list's may have several, by the size of a call."""

    above_tokens: int = optional_field("Only for calls of more prompt tokens than this.")


def rates_json(rates: Rates) -> Json:
    """The rates that are said."""
    known: dict[str, Decimal | None] = {name: getattr(rates, name) for name in RATE_NAMES}
    return {name: float(rate) for name, rate in known.items() if rate is not None}


def card_json(card: RateCard) -> Json:
    """What calls of a size are charged: every rate."""
    rates = Rates(
        input_per_million=_per_million(card.input),
        output_per_million=_per_million(card.output),
        cache_read_per_million=_per_million(card.cache_read),
        cache_write_per_million=_per_million(card.cache_write),
        audio_input_per_million=_per_million(card.audio_input),
        audio_output_per_million=_per_million(card.audio_output),
        per_thousand_requests=Decimal(card.request) * 1000 / PICODOLLARS,
    )
    above = {"above_tokens": card.above_tokens} if card.above_tokens >= 0 else {}
    return rates_json(rates) | above


def _per_million(picodollars: int) -> Decimal:
    return Decimal(picodollars) / _PICODOLLARS_PER_MILLION
