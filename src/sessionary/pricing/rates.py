"""What a model costs: rate cards made from genai-prices, one per model and period.

Money is counted in whole picodollars (10⁻¹² US dollars): a price of up to six decimals per
million tokens is then a whole number per token, and every product and sum is exact.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from genai_prices import data_snapshot
from genai_prices.types import ModelInfo, ModelPrice, TieredPrices

PICODOLLARS = 10**12
_PER_TOKEN = 10**6  # dollars per million tokens → picodollars per token
_PER_REQUEST = 10**9  # dollars per thousand requests → picodollars per request


@dataclass(frozen=True, slots=True)
class RateCard:
    """Picodollars per token of each sort, for calls of more than `above_tokens` input tokens.

    The sorts are disjoint: `input` is what was neither read from nor written to the cache nor
    audio. `request` is due once per call.
    """

    above_tokens: int
    input: int
    cache_read: int
    cache_write: int
    audio_input: int
    output: int
    audio_output: int
    request: int


def cards_of(provider: str, models: tuple[str, ...], at_ns: int) -> tuple[RateCard, ...]:
    """The cards that a call of one of `models` is priced by; none where there is no price."""
    model = find_model(provider, models)
    return () if model is None else rate_cards(model, at_ns)


def find_model(provider: str, models: tuple[str, ...]) -> ModelInfo | None:
    """The first of `models` that has a price, by this provider or else by any."""
    for model in models:
        found = _find(provider, model) if model else None
        if found is not None:
            return found
    return None


@lru_cache(maxsize=8192)
def _find(provider: str, model: str) -> ModelInfo | None:
    prefix, _, rest = model.rpartition("/")
    # A gateway's prefix names the provider: openai/gpt-4o.
    attempts = [(provider, model), ("", model)]
    if prefix:
        attempts += [(prefix.rpartition("/")[2], rest), (provider, rest), ("", rest)]
    snapshot = data_snapshot.get_snapshot()
    for provider_id, name in attempts:
        try:
            return snapshot.find_provider_model(name, None, provider_id or None, None)[1]
        except LookupError:
            continue
    return None


def rate_cards(model: ModelInfo, at_ns: int) -> tuple[RateCard, ...]:
    """The cards in force at that time, by rising `above_tokens`; the first is above -1."""
    if isinstance(model.prices, ModelPrice):
        return _cards(id(model.prices), _Held(model.prices))
    price = model.get_prices(datetime.fromtimestamp(at_ns / 1e9, UTC))
    return _cards(id(price), _Held(price))


def has_one_price(model: ModelInfo) -> bool:
    """Whether the model's price never depends on the time."""
    return isinstance(model.prices, ModelPrice)


class _Held:
    """A price as a cache key's companion: equal to any other, so that only the id is compared."""

    __slots__ = ("price",)

    def __init__(self, price: ModelPrice) -> None:
        self.price = price

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=4096)
def _cards(_price_id: int, held: _Held) -> tuple[RateCard, ...]:
    price = held.price
    values = [getattr(price, name) for name in _PRICE_KEYS]
    starts = {tier.start for v in values if isinstance(v, TieredPrices) for tier in v.tiers}
    return tuple(_card(price, above) for above in sorted({-1, *starts}))


_PRICE_KEYS = (
    "input_mtok",
    "cache_read_mtok",
    "cache_write_mtok",
    "input_audio_mtok",
    "output_mtok",
    "output_audio_mtok",
    "requests_kcount",
)


def _card(price: ModelPrice, above: int) -> RateCard:
    def rate(name: str, scale: int = _PER_TOKEN) -> int | None:
        value = getattr(price, name)
        if isinstance(value, TieredPrices):
            passed = [tier.price for tier in value.tiers if above >= tier.start]
            value = passed[-1] if passed else value.base
        return None if value is None else _whole(value * scale)

    # A sort without a price of its own is charged as the sort that it is part of.
    into = rate("input_mtok") or 0
    out = rate("output_mtok") or 0

    def own(name: str, parent: int) -> int:
        found = rate(name)
        return parent if found is None else found

    return RateCard(
        above_tokens=above,
        input=into,
        cache_read=own("cache_read_mtok", into),
        cache_write=own("cache_write_mtok", into),
        audio_input=own("input_audio_mtok", into),
        output=out,
        audio_output=own("output_audio_mtok", out),
        request=rate("requests_kcount", _PER_REQUEST) or 0,
    )


def _whole(value: Decimal) -> int:
    return int(value.to_integral_value(rounding=ROUND_HALF_EVEN))
