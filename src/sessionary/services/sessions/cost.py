"""What a session's calls cost, by kind and model, and by which price."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessionary.model.cost import CallCosts
from sessionary.pricing.rates import RateCard
from sessionary.pricing.tariff import PriceBook
from sessionary.store.clickhouse.pool import Database
from sessionary.store.sessions.costs import session_costs


@dataclass(frozen=True, slots=True)
class Price:
    """The price that was in force at a time; of several cards the one for the size of the call."""

    as_of_ns: int
    cards: tuple[RateCard, ...]


@dataclass(frozen=True, slots=True)
class PricedCalls:
    """Calls, and the prices that their cost was made from; none where it was not."""

    costs: CallCosts
    prices: tuple[Price, ...]


def split_costs(
    database: Database, workspace_id: str, session: str, book: PriceBook, *, project_id: str = ""
) -> list[PricedCalls]:
    """The calls of a session by its external id, in groups, the most expensive first.

    `book` has the prices of the workspace.
    """
    groups = session_costs(database, workspace_id, session, project_id=project_id)
    return [PricedCalls(group, tuple(_prices(group, book))) for group in groups]


def _prices(group: CallCosts, book: PriceBook) -> Sequence[Price]:
    """The price of the first call, and that of the last where it is another one."""
    key = (group.provider, group.response_model, group.request_model)
    first, last = (
        Price(at_ns, book.cards(group.cost_source, key, at_ns))
        for at_ns in (group.first_ns, group.last_ns)
    )
    if not first.cards:
        return []
    return [first] if first.cards == last.cards else [first, last]
