"""Keep own prices. Every function but one takes the workspace first."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sessionary.model.price import RATE_NAMES, CallScope, CustomPrice, Rates
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.versioned_rows import write_record

_SCOPE = ("model", "provider", "valid_from_ns")


def all_prices(database: Database) -> dict[str, list[CustomPrice]]:
    """The own prices of every workspace that has some."""
    found: dict[str, list[CustomPrice]] = {}
    with database.read_connection() as connection:
        for row in connection.rows("prices/all_prices"):
            found.setdefault(row["workspace_id"], []).append(_price(row))
    return found


def list_prices(database: Database, workspace_id: str) -> list[CustomPrice]:
    """The own prices of a workspace, those of a model together, the latest first."""
    with database.read_connection() as connection:
        rows = connection.rows("prices/list_prices", {"workspace_id": workspace_id})
    return [_price(row) for row in rows]


def save_price(database: Database, workspace_id: str, price: CustomPrice) -> None:
    """Write a price over the one of the same scope."""
    _write(database, workspace_id, price, is_deleted=False)


def delete_price(database: Database, workspace_id: str, price: CustomPrice) -> None:
    """Take a price away."""
    _write(database, workspace_id, price, is_deleted=True)


def _write(database: Database, workspace_id: str, price: CustomPrice, *, is_deleted: bool) -> None:
    row = {"workspace_id": workspace_id, "id": price.id, "is_deleted": is_deleted}
    row |= asdict(price.scope) | asdict(price.rates)
    write_record(database, "prices", row, key=("workspace_id", "id"))


def _price(row: Mapping[str, Any]) -> CustomPrice:
    scope = CallScope(**{name: row[name] for name in _SCOPE})
    return CustomPrice(scope, Rates(**{name: row[name] for name in RATE_NAMES}))
