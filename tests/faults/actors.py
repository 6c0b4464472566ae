"""Requests during which servers are killed, and what must hold afterwards.

Every actor has its own sessions. `act` sends requests until the server is gone; `check` asserts
on the next server that acknowledged writes are stored, and others are complete or absent.
"""

import itertools
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote

import httpx

from sessionary.sample.make_sample import SESSIONS
from tests.faults.world import MODEL, call
from tests.support.generators import export_request
from tests.support.load import body_of
from tests.support.server import Json, Server

_SPANS = 10
_PRICED_SESSIONS, _TRACES = 300, 10


class Actor(Protocol):
    """Requests of one kind."""

    def prepare(self, server: Server) -> None:
        """Fill the store, before each kill."""

    def act(self, server: Server) -> None:
        """Send requests; raises httpx.TransportError once the server is gone."""

    def check(self, server: Server) -> None:
        """Assert the state of the next server, right after its start."""


def _spans(server: Server, name: str) -> int | None:
    """The number of spans of a session; None if the session does not exist."""
    response = server.client.get(f"/v2/sessions/{quote(name)}", params={"include": "spans_count"})
    assert response.status_code in {200, 404}, response.text
    if response.status_code == 404:
        return None
    count: int = response.json()["spans_count"]
    return count


def _ok(response: httpx.Response) -> Json:
    assert response.status_code < 300, response.text
    answer: Json = response.json() if response.content else {}
    return answer


@dataclass(slots=True)
class Ingesting:
    """Ingest spans."""

    acknowledged: list[str] = field(default_factory=list)

    def prepare(self, server: Server) -> None:
        """Nothing to prepare."""

    def act(self, server: Server) -> None:
        """Send one session per request."""
        while True:
            name = f"ingested {secrets.token_hex(8)}"
            server.post(body_of(name, _SPANS))
            self.acknowledged.append(name)

    def check(self, server: Server) -> None:
        """Every acknowledged span is stored once."""
        for name in self.acknowledged[-50:]:
            assert _spans(server, name) == _SPANS


@dataclass(slots=True)
class Updating:
    """Update and rename sessions."""

    titles: dict[str, list[str]] = field(default_factory=dict)
    """The acknowledged title and the one in flight, by the first name."""

    def prepare(self, server: Server) -> None:
        """Create five sessions."""
        for number in range(5):
            if f"updated {number}" not in self.titles:
                server.post(body_of(f"updated {number}", _SPANS))
                self.titles[f"updated {number}"] = [""]

    def act(self, server: Server) -> None:
        """Give a new title with every write, and a new name with every third."""
        for number in itertools.count():
            name = random.choice(list(self.titles))
            title = secrets.token_hex(4)
            self.titles[name].append(title)
            change = {"title": title}
            if number % 3 == 0:
                change["external_id"] = f"{name} {title}"
            _ok(server.client.patch(f"/v2/sessions/{quote(name)}", json=change))
            self.titles[name] = [title]

    def check(self, server: Server) -> None:
        """A session has the title of one write, under all its names."""
        for name, titles in self.titles.items():
            shown = server.session(name)
            assert shown.get("title", "") in titles
            assert shown["spans_count"] == _SPANS
            if shown["external_id"] != name:
                assert server.session(shown["external_id"])["_id"] == shown["_id"]
            self.titles[name] = [shown.get("title", "")]


@dataclass(slots=True)
class Deleting:
    """Delete the sessions at `path`, each with its own contact."""

    path: Callable[[str], str]
    waiting: list[str] = field(default_factory=list)
    in_flight: str = ""
    deleted: list[str] = field(default_factory=list)

    def prepare(self, server: Server) -> None:
        """Create forty sessions."""
        names = [f"deleted {secrets.token_hex(6)}" for _ in range(40 - len(self.waiting))]
        spans = [
            call(name, 0, trace_id=secrets.token_hex(16), contact_id=f"contact of {name}")
            for name in names
            for _ in range(3)
        ]
        server.post(export_request(spans))
        self.waiting += names

    def act(self, server: Server) -> None:
        """One after the other."""
        while self.waiting:
            self.in_flight = self.waiting.pop()
            _ok(server.client.delete(self.path(self.in_flight)))
            self.deleted.append(self.in_flight)
            self.in_flight = ""

    def check(self, server: Server) -> None:
        """Deleted sessions and their contacts stay deleted; the others are complete."""
        for name in self.deleted[-20:]:
            assert _spans(server, name) is None
            self._assert_no_contact(server, name)
        for name in self.waiting:
            assert _spans(server, name) == 3
        if self.in_flight:
            if _spans(server, self.in_flight) is None:
                self._assert_no_contact(server, self.in_flight)
            else:
                assert _spans(server, self.in_flight) == 3
                _ok(server.client.delete(self.path(self.in_flight)))
            self.in_flight = ""

    def _assert_no_contact(self, server: Server, name: str) -> None:
        response = server.client.get(f"/v2/contacts/{quote(f'contact of {name}')}")
        assert response.status_code == 404


@dataclass(slots=True)
class Repricing:
    """Re-price stored calls."""

    rates: list[int] = field(default_factory=list)

    def prepare(self, server: Server) -> None:
        """Create thousands of calls without a reported cost."""
        if not self.rates:
            spans = [
                call(f"priced {number}", hour, trace_id=secrets.token_hex(16))
                for number in range(_PRICED_SESSIONS)
                for hour in range(_TRACES)
            ]
            server.post(export_request(spans))
            self._set(server)
            _ok(server.client.post("/v2/prices/apply", json={"model": MODEL}))

    def act(self, server: Server) -> None:
        """Apply another price each time."""
        while True:
            self._set(server)
            _ok(server.client.post("/v2/prices/apply", json={"model": MODEL}))

    def _set(self, server: Server) -> None:
        rate = random.randint(1, 900)
        price = {"model": MODEL, "input_per_million": rate, "output_per_million": 0}
        self.rates.append(rate)
        _ok(server.client.put("/v2/prices", json=price))

    def check(self, server: Server) -> None:
        """Calls are re-priced hour by hour; in the end all have the same price."""
        whole = {round(rate * _TRACES / 1000, 9) for rate in self.rates}
        for _ in range(300):
            body = {"filters": [], "limit": 1000}
            sessions = _ok(server.client.post("/v2/sessions/query", json=body))["data"]
            priced = [one for one in sessions if one["external_id"].startswith("priced")]
            costs = {round(one["billing"]["total_cost"], 9) for one in priced}
            # A list may miss sessions that are being rolled up.
            if len(priced) == _PRICED_SESSIONS and len(costs) == 1 and costs <= whole:
                return
            assert server.verify()["differences"] == []
        raise AssertionError(f"{len(priced)} sessions, costs {costs} of prices {self.rates}")


@dataclass(slots=True)
class Rebuilding:
    """Rebuild everything."""

    sessions: int = 0

    def prepare(self, server: Server) -> None:
        """Create five hundred sessions."""
        if not self.sessions:
            server.post(b"".join(body_of(f"rebuilt {number}", 5) for number in range(500)))
            self.sessions = 500

    def act(self, server: Server) -> None:
        """One after the other."""
        while True:
            _ok(server.client.post("/v2/sessions/rebuild"))

    def check(self, server: Server) -> None:
        """All sessions exist."""
        answer = _ok(server.client.post("/v2/sessions/count", json={"filters": []}))
        assert answer["count"] == self.sessions


@dataclass(slots=True)
class Sampling:
    """Load and remove the sample data."""

    def prepare(self, server: Server) -> None:
        """Nothing to prepare."""

    def act(self, server: Server) -> None:
        """Load and remove in turn."""
        while True:
            _ok(server.client.post("/v2/sample"))
            _ok(server.client.delete("/v2/sample"))

    def check(self, server: Server) -> None:
        """A load completes any partial sample; a removal removes all of it."""
        _ok(server.client.post("/v2/sample"))
        assert self._count(server) == SESSIONS
        _ok(server.client.delete("/v2/sample"))
        assert self._count(server) == 0

    def _count(self, server: Server) -> int:
        count: Any = _ok(server.client.post("/v2/sessions/count", json={"filters": []}))["count"]
        return int(count)


def actors() -> dict[str, Callable[[], Actor]]:
    """A constructor of each kind of actor."""
    return {
        "ingest": Ingesting,
        "update": Updating,
        "delete": lambda: Deleting(lambda name: f"/v2/sessions/{quote(name)}"),
        "erase": lambda: Deleting(
            lambda name: f"/v2/contacts/{quote(f'contact of {name}')}?erase=true"
        ),
        "re-price": Repricing,
        "rebuild": Rebuilding,
        "sample": Sampling,
    }
