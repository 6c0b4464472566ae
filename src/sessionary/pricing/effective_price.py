"""The price that a call of a model would have now, as people read it."""

from dataclasses import dataclass

from sessionary.model.price import CustomPrice, Rates
from sessionary.pricing.rates import find_model, has_tiers, list_rates
from sessionary.pricing.tariff import CallKey, PriceBook


@dataclass(frozen=True, slots=True)
class EffectivePrice:
    """The rates, none where no price is known; `own` is the price they are from.

    With `has_tiers` they are those of calls with little input.
    """

    rates: Rates | None = None
    own: CustomPrice | None = None
    has_tiers: bool = False


def effective_price(book: PriceBook, key: CallKey, now_ns: int) -> EffectivePrice:
    """The workspace's own price, else the list's."""
    own = book.custom_price(key, now_ns)
    if own is not None:
        return EffectivePrice(own.rates, own)
    model = find_model(key[0], key[1:])
    if model is None:
        return EffectivePrice()
    return EffectivePrice(list_rates(model, now_ns), has_tiers=has_tiers(model, now_ns))
