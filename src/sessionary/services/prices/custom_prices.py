"""The own prices of a workspace: list, set and remove them."""

import asyncio
import logging

from sessionary.errors import NotFoundError
from sessionary.model.price import CustomPrice
from sessionary.pricing.tariff import PriceBook, PriceBooks
from sessionary.store.clickhouse.pool import Database
from sessionary.store.prices import queries as prices

log = logging.getLogger(__name__)

# How long a price that another process set does not hold here.
_REFRESH_SECONDS = 30.0


def load_prices(database: Database, books: PriceBooks) -> None:
    """Load the stored prices, to apply from now on."""
    books.replace(prices.all_prices(database))


async def refresh_loop(
    database: Database, books: PriceBooks, every_seconds: float = _REFRESH_SECONDS
) -> None:
    """Read what other processes changed, again and again; an embedded store has none."""
    while not database.topology.is_embedded:
        await asyncio.sleep(every_seconds)
        try:
            await asyncio.to_thread(load_prices, database, books)
        except Exception:
            log.exception("the prices could not be read again; those known stay")


def find_price(database: Database, workspace_id: str, price_id: str) -> CustomPrice:
    """The price of that id.

    Raises:
        NotFoundError: there is none.
    """
    for price in prices.list_prices(database, workspace_id):
        if price.id == price_id:
            return price
    raise NotFoundError(f"there is no price {price_id!r}")


def set_price(database: Database, books: PriceBooks, workspace_id: str, price: CustomPrice) -> None:
    """Let a price hold for calls that arrive from now on, in place of the one of its scope."""
    prices.save_price(database, workspace_id, price)
    load_prices(database, books)


def remove_price(
    database: Database, books: PriceBooks, workspace_id: str, price_id: str
) -> CustomPrice:
    """Let a price hold no more for calls that arrive from now on.

    Raises:
        NotFoundError: there is none of that id.
    """
    price = find_price(database, workspace_id, price_id)
    prices.delete_price(database, workspace_id, price)
    load_prices(database, books)
    return price


def book_with(database: Database, workspace_id: str, price: CustomPrice) -> PriceBook:
    """The prices as they were if this one were set."""
    return PriceBook([*_others(database, workspace_id, price), price])


def book_without(database: Database, workspace_id: str, price: CustomPrice) -> PriceBook:
    """The prices as they were if this one were removed."""
    return PriceBook(_others(database, workspace_id, price))


def _others(database: Database, workspace_id: str, price: CustomPrice) -> list[CustomPrice]:
    return [one for one in prices.list_prices(database, workspace_id) if one.id != price.id]
