"""Fixtures of clients."""

from collections.abc import Iterator

import pytest

from tests.conformance.clients import CLASSIC, CURRENT, CURRENT_PYTHON, NODE, Client, Driver
from tests.support.server import Server


@pytest.fixture(scope="session")
def drivers() -> Iterator[dict[str, Driver]]:
    """The running processes of clients, by environment."""
    started: dict[str, Driver] = {}
    yield started
    for driver in started.values():
        driver.stop()


def _client(drivers: dict[str, Driver], server: Server, name: str) -> Client:
    environment = name.partition(" ")[0]
    if environment not in drivers:
        drivers[environment] = Driver(environment)
    return Client(drivers[environment], name, server.url)


@pytest.fixture(params=CLASSIC)
def classic(request: pytest.FixtureRequest, drivers: dict[str, Driver], server: Server) -> Client:
    """The client of the classic generation, sync and async."""
    return _client(drivers, server, request.param)


@pytest.fixture(params=CURRENT)
def current(request: pytest.FixtureRequest, drivers: dict[str, Driver], server: Server) -> Client:
    """The clients of the current generation, sync and async."""
    return _client(drivers, server, request.param)


@pytest.fixture(params=CURRENT_PYTHON)
def current_python(
    request: pytest.FixtureRequest, drivers: dict[str, Driver], server: Server
) -> Client:
    """The Python client of the current generation, for calls that only it has."""
    return _client(drivers, server, request.param)


@pytest.fixture
def node(drivers: dict[str, Driver], server: Server) -> Client:
    """The node client, for calls that only it has."""
    return _client(drivers, server, NODE)
