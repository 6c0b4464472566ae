"""What a session's calls cost, by kind and model, and by which price."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessionary.model.cost import CallCosts
from sessionary.pricing.price import LIST
from sessionary.pricing.rates import RateCard, cards_of
from sessionary.store.database import Database
from sessionary.store.session_costs import session_costs


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
    database: Database, workspace_id: str, session: str, *, project_id: str = ""
) -> list[PricedCalls]:
    """The calls of a session by its external id, in groups, the dearest first."""
    groups = session_costs(database, workspace_id, session, project_id=project_id)
    return [PricedCalls(group, tuple(_prices(group))) for group in groups]


def _prices(group: CallCosts) -> Sequence[Price]:
    """The price of the first call, and that of the last where it is another one."""
    if group.cost_source != LIST:
        return []
    models = (group.response_model, group.request_model)
    first, last = (
        Price(at_ns, cards_of(group.provider, models, at_ns))
        for at_ns in (group.first_ns, group.last_ns)
    )
    return [first] if first.cards == last.cards else [first, last]
