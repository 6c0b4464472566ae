"""Changes by other processes become known soon, also after errors of the store.

Processes share a store if it is a ClickHouse server. Here, a process that takes the embedded store
for a shared one reads what is written directly into it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from sessionary.model.access import Scope
from sessionary.model.api_key import ApiKey
from sessionary.model.price import CallScope, CustomPrice, Rates
from sessionary.pricing.tariff import LIST_ALONE, PriceBooks
from sessionary.services.access.keyring import Keyring
from sessionary.services.access.secret import hash_of
from sessionary.services.prices.custom_prices import refresh_loop
from sessionary.store.admin.api_keys import insert_api_key
from sessionary.store.clickhouse.pool import Database
from sessionary.store.clickhouse.topology import Topology
from sessionary.store.prices.queries import save_price
from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key
from tests.support.store import opened
from tests.support.waiting import eventually_async

EVENTS = "/v2/sessions/events"
EVERY_SECONDS = 0.02
PRICE = CustomPrice(CallScope("m"), Rates(Decimal(1), Decimal(2)))


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Database]:
    """A store that other processes can write."""
    with opened(tmp_path / "data") as database:
        # Connect the clients while it is embedded.
        with database.read_connection(), database.insert_connection():
            database.topology = Topology(is_embedded=False)
        yield database


@contextmanager
def missing(database: Database, table: str) -> Iterator[None]:
    """Let reads of a table fail in the block."""
    rename(database, table, f"{table}_away")
    yield
    rename(database, f"{table}_away", table)


def rename(database: Database, table: str, name: str) -> None:
    with database.insert_connection() as connection:
        connection.command(f"RENAME TABLE {table} TO {name}")


async def refreshed(
    refreshing: Awaitable[None],
    database: Database,
    table: str,
    *,
    has_failed: Callable[[], bool],
    write: Callable[[], None],
    is_known: Callable[[], bool],
) -> None:
    """Refresh in the background through a failure; a later write becomes known."""
    task = asyncio.ensure_future(refreshing)
    with missing(database, table):
        await eventually_async(has_failed)
    assert not is_known()
    write()
    await eventually_async(is_known)
    task.cancel()


def test_keys_are_refreshed_after_an_error(
    shared: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """Known keys stay valid meanwhile."""
    keyring = Keyring(shared)
    insert_api_key(shared, key("first"), secret_hash=hash_of("first"))
    keyring.load()

    def has_failed() -> bool:
        assert keyring.holds("first")
        return "keys could not be read" in caplog.text

    with caplog.at_level(logging.ERROR):
        asyncio.run(
            refreshed(
                keyring.refresh_loop(EVERY_SECONDS),
                shared,
                "api_keys",
                has_failed=has_failed,
                write=lambda: insert_api_key(shared, key("next"), secret_hash=hash_of("next")),
                is_known=lambda: keyring.holds("next"),
            )
        )


def test_prices_are_refreshed_after_an_error(
    shared: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """A price set by another process applies."""
    books = PriceBooks()
    with caplog.at_level(logging.ERROR):
        asyncio.run(
            refreshed(
                refresh_loop(shared, books, EVERY_SECONDS),
                shared,
                "prices",
                has_failed=lambda: "prices could not be read" in caplog.text,
                write=lambda: save_price(shared, "w", PRICE),
                is_known=lambda: books.of("w") is not LIST_ALONE,
            )
        )


def key(name: str) -> ApiKey:
    return ApiKey(
        id=name,
        workspace_id="w",
        project_id="",
        name=name,
        prefix="",
        scopes=(Scope.READ,),
        created_ns=1,
        created_by="test",
        expires_ns=0,
    )


def test_event_stream_ends_when_its_key_is_revoked(tmp_path: Path) -> None:
    """At the next heartbeat; streams of other keys continue."""
    with guarded_server(tmp_path / "data") as server:
        keys = [new_key(server, "read"), new_key(server, "read")]
        streams = [
            server.client.stream("GET", EVENTS, headers=bearer(made["key"]), timeout=30)
            for made in keys
        ]
        with streams[0] as ended, streams[1] as other:
            ended_lines, other_lines = ended.iter_lines(), other.iter_lines()
            assert next(ended_lines).startswith("id: ")
            assert next(other_lines).startswith("id: ")
            path = f"/v2/api-keys/{keys[0]['id']}"
            assert server.client.delete(path, headers=bearer(keys[1]["key"])).status_code == 403
            server.client.delete(path, headers=bearer(ADMIN_KEY)).raise_for_status()
            assert [line for line in ended_lines if line] == []
            heartbeat = next(line for line in other_lines if line)
            assert heartbeat.startswith("id: ")
