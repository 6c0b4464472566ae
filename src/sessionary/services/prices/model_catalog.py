"""Every model seen, with the price that its next call would have."""

from dataclasses import dataclass

from sessionary.pricing.effective_price import EffectivePrice, effective_price
from sessionary.pricing.tariff import PriceBook
from sessionary.store.clickhouse.pool import Database
from sessionary.store.prices.models_seen import SeenModel, seen_models


@dataclass(frozen=True, slots=True)
class PricedModel:
    """A model and its price now."""

    seen: SeenModel
    price: EffectivePrice


def list_models(
    database: Database, workspace_id: str, book: PriceBook, *, limit: int, now_ns: int
) -> tuple[list[PricedModel], bool]:
    """The models with most unpriced calls first, then those of the greatest cost; and whether
    there are more than `limit`."""
    models = seen_models(database, workspace_id)
    models.sort(key=lambda seen: (-seen.unpriced_calls, -seen.cost, -seen.calls, seen.model))
    found = [PricedModel(seen, _price(book, seen, now_ns)) for seen in models[:limit]]
    return found, len(models) > limit


def _price(book: PriceBook, seen: SeenModel, now_ns: int) -> EffectivePrice:
    provider = seen.provider or next(iter(seen.providers), "")
    request_model = seen.request_model or next(iter(seen.request_models), "")
    return effective_price(book, (provider, seen.model, request_model), now_ns)
