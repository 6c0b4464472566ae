"""The price of a model as JSON."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

from sessionary.api.absent import where_known
from sessionary.api.shapes import Json
from sessionary.pricing.rates import PICODOLLARS, RateCard

_PICODOLLARS_PER_MILLION = PICODOLLARS // 10**6

CostSource = Literal["client", "list", "none"]
COST_SOURCE = (
    "Where the cost is from: told by the application, made from the price, or not known, and "
    "then 0."
)


class PriceBody(BaseModel):
    """What a model charges: US dollars per million tokens of each sort."""

    above_tokens: int = where_known("Only for calls of more prompt tokens than this.")
    prompt: float = Field(description="For prompt tokens, cached and audio ones apart.")
    cached: float = Field(description="For prompt tokens read from a cache.")
    cache_write: float = Field(description="For prompt tokens written to a cache.")
    audio_prompt: float = Field(description="For prompt tokens of audio.")
    completion: float = Field(description="For completion tokens, audio ones apart.")
    audio_completion: float = Field(description="For completion tokens of audio.")
    request: float = Field(description="US dollars for each call.")


def price_json(card: RateCard) -> Json:
    """One price."""
    shape: Json = {
        "prompt": _per_million(card.input),
        "cached": _per_million(card.cache_read),
        "cache_write": _per_million(card.cache_write),
        "audio_prompt": _per_million(card.audio_input),
        "completion": _per_million(card.output),
        "audio_completion": _per_million(card.audio_output),
        "request": float(Decimal(card.request) / PICODOLLARS),
    }
    return shape | ({"above_tokens": card.above_tokens} if card.above_tokens >= 0 else {})


def _per_million(picodollars: int) -> float:
    return float(Decimal(picodollars) / _PICODOLLARS_PER_MILLION)
