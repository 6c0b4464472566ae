"""Servers that tests share, and the profile of property tests."""

import time
from collections.abc import Iterator

import pytest

from tests.support.contacts import fill as fill_people
from tests.support.examples import load_profile
from tests.support.filter_data import Filtered, fill
from tests.support.server import Server

load_profile()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a worker; a test must use ids that no other one uses."""
    with Server(tmp_path_factory.mktemp("shared") / "data") as running:
        yield running


@pytest.fixture
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the test's own, on an empty folder."""
    with Server(tmp_path_factory.mktemp("fresh") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def filtered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filtered]:
    """A server with the sessions of filter_data.py and no others, only read."""
    with Server(tmp_path_factory.mktemp("filtered") / "data") as running:
        unsaid = fill(running, time.time_ns())
        said = running.sessions()
        yield Filtered(running, {name: said[name] | unsaid[name] for name in said})


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the contacts of people.py and no others, only read."""
    with Server(tmp_path_factory.mktemp("people") / "data") as running:
        fill_people(running)
        yield running
