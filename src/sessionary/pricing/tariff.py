"""Which price holds for a call: the workspace's own first, else the list's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sessionary.model.price import CustomPrice
from sessionary.pricing.rates import (
    RateCard,
    card_of,
    find_model,
    has_one_price,
    rate_cards,
)

CallKey = tuple[str, str, str]
"""Provider, response model, request model."""
_KEPT_KEYS = 8192


@dataclass(frozen=True, slots=True)
class Tariff:
    """The cards of a price, by rising `above_tokens`."""

    cards: tuple[RateCard, ...]
    is_own: bool = False


class PriceBook:
    """The prices of one workspace; never changed, so what it found once it need not seek again."""

    def __init__(self, own: Iterable[CustomPrice] = ()) -> None:
        self._entries = [_Entry(price) for price in own]
        self._matching = lru_cache(_KEPT_KEYS)(self._find_matching)

    def tariff(self, key: CallKey, start_ns: int) -> Tariff | None:
        """What a call that started then costs; None where nothing is known."""
        return self.constant_tariff(key, start_ns, start_ns)[0]

    def constant_tariff(
        self, key: CallKey, start_ns: int, earliest_ns: int
    ) -> tuple[Tariff | None, bool]:
        """The tariff, and whether it is that of every such call from `earliest_ns` on."""
        for place, entry in enumerate(self._matching(key)):
            if entry.price.scope.valid_from_ns <= start_ns:
                is_lasting = place == 0 and entry.price.scope.valid_from_ns <= earliest_ns
                return entry.tariff, is_lasting
        model = find_model(key[0], key[1:])
        is_lasting = not self._matching(key) and (model is None or has_one_price(model))
        return None if model is None else Tariff(rate_cards(model, start_ns)), is_lasting

    def cards(self, cost_source: str, key: CallKey, start_ns: int) -> tuple[RateCard, ...]:
        """What a cost of that source was made from; none where it was not from this book."""
        tariff = self.tariff(key, start_ns)
        if tariff is None or cost_source != ("own" if tariff.is_own else "list"):
            return ()
        return tariff.cards

    def custom_price(self, key: CallKey, start_ns: int) -> CustomPrice | None:
        """The own price that holds for a call that started then."""
        for entry in self._matching(key):
            if entry.price.scope.valid_from_ns <= start_ns:
                return entry.price
        return None

    def _find_matching(self, key: CallKey) -> tuple["_Entry", ...]:
        """The own prices of such calls: the closest first, of equally close ones the latest."""
        found = [(entry.closeness(key), entry) for entry in self._entries]
        found = [one for one in found if one[0]]
        found.sort(key=lambda one: (one[0], one[1].price.scope.valid_from_ns), reverse=True)
        return tuple(entry for _, entry in found)


class _Entry:
    """An own price, ready to be looked up."""

    def __init__(self, price: CustomPrice) -> None:
        self.price = price
        self.tariff = Tariff((card_of(price.rates),), is_own=True)
        self._literals = len(price.scope.model.replace("*", ""))
        self._is_name = "*" not in price.scope.model
        self._parts = price.scope.model.lower().split("*")

    def closeness(self, key: CallKey) -> tuple[bool, bool, int, bool] | None:
        """How well it fits; None where it does not.

        The response model comes before the request model, a name before a pattern, a longer
        pattern before a shorter one, and a price of this provider before one of any.
        """
        provider, response_model, request_model = key
        own_provider = self.price.scope.provider
        if own_provider and own_provider.lower() != provider.lower():
            return None
        if _fits(self._parts, response_model.lower()):
            return (True, self._is_name, self._literals, bool(own_provider))
        if _fits(self._parts, request_model.lower()):
            return (False, self._is_name, self._literals, bool(own_provider))
        return None


def _fits(parts: Sequence[str], name: str) -> bool:
    """Whether the name is the parts in their order, with anything between two of them."""
    first, *others = parts
    if not others:
        return name == first
    *between, last = others
    end = len(name) - len(last)
    if end < len(first) or not (name.startswith(first) and name.endswith(last)):
        return False
    # Each at its first place, which leaves the most to the next: nothing is tried twice.
    place = len(first)
    for part in between:
        place = name.find(part, place, end) + len(part)
        if place < len(part):
            return False
    return True


LIST_ALONE = PriceBook()
"""The book of a workspace without prices of its own."""


class PriceBooks:
    """The books of all workspaces that have own prices, replaced whole when one changes."""

    def __init__(self) -> None:
        self._books: Mapping[str, PriceBook] = {}

    def replace(self, prices: Mapping[str, Sequence[CustomPrice]]) -> None:
        """These are the own prices now, by workspace."""
        self._books = {name: PriceBook(own) for name, own in prices.items() if own}

    def own(self) -> Mapping[str, PriceBook]:
        """The books by workspace; those that have none have `LIST_ALONE`."""
        return self._books

    def of(self, workspace_id: str) -> PriceBook:
        """The book of a workspace."""
        return self._books.get(workspace_id, LIST_ALONE)
