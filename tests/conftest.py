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
    """One server for all tests of a worker; each test uses unique ids."""
    with Server(tmp_path_factory.mktemp("shared") / "data") as running:
        yield running


@pytest.fixture
def fresh_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A new server on an empty folder, for one test."""
    with Server(tmp_path_factory.mktemp("fresh") / "data") as running:
        yield running


@pytest.fixture(scope="session")
def filtered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filtered]:
    """A read-only server with exactly the sessions of filter_data.py."""
    with Server(tmp_path_factory.mktemp("filtered") / "data") as running:
        other_fields = fill(running, time.time_ns())
        listed = running.sessions()
        yield Filtered(running, {name: listed[name] | other_fields[name] for name in listed})


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A read-only server with exactly the contacts of tests/support/contacts.py."""
    with Server(tmp_path_factory.mktemp("people") / "data") as running:
        fill_people(running)
        yield running
