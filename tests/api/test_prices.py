"""Custom prices: re-priced calls equal calls priced that way from the start."""

import json
import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionary.model.span_kind import LLM
from tests.support import generators
from tests.support.commands import run, run_json
from tests.support.conversation_spans import spoken_request
from tests.support.examples import examples
from tests.support.generators import MILLISECOND_NS, START_NS, export_request
from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key
from tests.support.reference import RefSpan
from tests.support.server import EXTRA_FIELDS, Json, Server
from tests.support.waiting import eventually, random_pause

OWN: Json = {"model": "own-*", "input_per_million": 1.5, "output_per_million": 6}
# Between the starts of the generated spans.
SINCE = datetime.fromtimestamp(START_NS // 10**9, UTC).isoformat()
MADE_UP: Json = {
    "model": "model-made-up-a*",
    "valid_from": SINCE,
    "input_per_million": 2.5,
    "output_per_million": 10,
    "cache_read_per_million": 0.25,
    "per_thousand_requests": 1,
}


@dataclass(frozen=True, slots=True)
class Workspace:
    """One workspace of a server, with an admin key."""

    server: Server
    key: str = ""

    def ask(self, method: str, path: str, body: Json | None = None) -> Json:
        """Send a request; the body of its response."""
        headers = bearer(self.key) if self.key else {}
        answer = self.server.client.request(method, path, json=body, headers=headers)
        assert answer.is_success, answer.text
        found: Json = answer.json() if answer.content else {}
        return found

    def send(self, *spans: RefSpan) -> None:
        """Store spans."""
        self.server.post(export_request(spans), headers=bearer(self.key) if self.key else {})

    def sessions(self, own: str = "") -> dict[str, Json]:
        """Sessions by id prefix, without fields that differ between workspaces."""
        query = {"filters": [], "limit": 1000, "includedFields": list(EXTRA_FIELDS)}
        found = self.ask("POST", "/v2/traces/sessions/query", query)["data"]
        others = ("_id", "updated_at", "workspace_id")
        return {
            one["external_id"]: {k: v for k, v in one.items() if k not in others}
            for one in found
            if one["external_id"].startswith(own)
        }

    def remove_prices(self) -> None:
        """Remove all custom prices, without re-pricing."""
        for price in self.ask("GET", "/v2/prices")["data"]:
            self.ask("DELETE", f"/v2/prices/{price['id']}")


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with guarded_server(tmp_path_factory.mktemp("priced") / "data") as running:
        yield running


@pytest.fixture
def workspace(guarded: Server) -> Workspace:
    """A new, empty workspace."""
    return _workspace(guarded, secrets.token_hex(4))


def _workspace(server: Server, name: str) -> Workspace:
    body = {"id": name}
    made = server.client.post("/v2/workspaces", json=body, headers=bearer(ADMIN_KEY))
    assert made.status_code == 201, made.text
    return Workspace(server, new_key(server, "admin", workspace_id=name)["key"])


@pytest.fixture(scope="module")
def pair(guarded: Server) -> tuple[Workspace, Workspace]:
    """A workspace with the price from the start, and one that applies it later."""
    always = _workspace(guarded, "always")
    always.ask("PUT", "/v2/prices", MADE_UP)
    return always, _workspace(guarded, "later")


def call(number: int, **fields: object) -> RefSpan:
    """A call of 1,000 tokens in and 500 out, in a trace of its own."""
    span = RefSpan(
        f"{number:032x}",
        f"{number:016x}",
        kind=LLM,
        start_ns=START_NS + number * MILLISECOND_NS,
        end_ns=START_NS + (number + 5) * MILLISECOND_NS,
        session_id="s",
        request_model="own-model",
        response_model="own-model",
        input_tokens=1_000,
        output_tokens=500,
        reports_usage=True,
    )
    return replace(span, **fields)  # type: ignore[arg-type]


@examples(6)
@given(
    bodies=st.one_of(generators.delivered(), generators.delivered_with_equal_ends()),
    before=st.integers(0, 5),
)
def test_repriced_calls_equal_calls_priced_from_the_start(
    pair: tuple[Workspace, Workspace], bodies: list[list[RefSpan]], before: int
) -> None:
    """With any spans before and after the price is applied."""
    own = secrets.token_hex(8)
    always, later = pair
    later.remove_prices()
    for place, body in enumerate(bodies):
        spans = generators.with_own_ids(body, own)
        always.send(*spans)
        if place == before:
            _set_and_apply(later, MADE_UP)
        later.send(*spans)
    _set_and_apply(later, MADE_UP)
    assert later.sessions(own) == always.sessions(own)


def _set_and_apply(workspace: Workspace, price: Json) -> Json:
    workspace.ask("PUT", "/v2/prices", price)
    scope: Json = {name: price[name] for name in ("model", "valid_from") if name in price}
    return workspace.ask("POST", "/v2/prices/apply", scope)


def test_preview_equals_the_effect_of_applying(workspace: Workspace) -> None:
    """It writes nothing; then unpriced calls get the cost, and reported costs stay."""
    reported = {"cost_source": "client", "total_cost": 1.0}
    workspace.send(call(1), call(2), call(3, request_model="x", response_model="x"))
    workspace.send(call(4, input_cost=0.5, output_cost=0.5, **reported))
    before = workspace.sessions()
    preview = workspace.ask("POST", "/v2/prices/preview", {"price": OWN})
    change = {
        "calls": 2,
        "cost_before": 0.0,
        "cost_after": 0.009,
        "unpriced_before": 2,
        "unpriced_after": 0,
    }
    assert preview == change | {
        "traces_count": 2,
        "sessions_count": 1,
        "models": [{"model": "own-model"} | change],
        "sessions": [{"session_id": "s"} | change],
    }
    assert workspace.sessions() == before
    assert _set_and_apply(workspace, OWN) == {"calls": 2}
    nothing = workspace.ask("POST", "/v2/prices/preview", {})
    assert nothing["calls"] == nothing["cost_after"] == nothing["sessions_count"] == 0
    after = workspace.sessions()["s"]
    assert after["billing"]["total_cost"] == 1.009
    assert after["unpriced_calls_count"] == 1
    assert _set_and_apply(workspace, OWN) == {"calls": 0}


def test_preview_lists_a_renamed_session_once(workspace: Workspace) -> None:
    """By its current name, although calls were sent under both names."""
    workspace.send(call(1, session_id="before"))
    workspace.ask("PATCH", "/v2/sessions/before", {"external_id": "after"})
    workspace.send(call(2, session_id="after"))
    preview = workspace.ask("POST", "/v2/prices/preview", {"price": OWN})
    assert preview["sessions_count"] == 1
    assert [(one["session_id"], one["calls"]) for one in preview["sessions"]] == [("after", 2)]


def test_custom_price_takes_precedence_over_the_price_list(workspace: Workspace) -> None:
    """For new calls; after its removal and re-pricing, the list's price applies again."""
    mini = {"request_model": "gpt-4o-mini", "response_model": "gpt-4o-mini", "provider": "openai"}
    workspace.send(call(1, **mini))
    listed = workspace.sessions()["s"]["billing"]
    assert listed == {"input_cost": 0.00015, "output_cost": 0.0003, "total_cost": 0.00045}
    price = OWN | {"model": "GPT-4o-mini", "provider": "openai"}
    made = workspace.ask("PUT", "/v2/prices", price)
    workspace.send(call(2, **mini))
    assert workspace.sessions()["s"]["billing"]["total_cost"] == 0.00495
    workspace.ask("POST", "/v2/prices/apply", {})
    assert workspace.sessions()["s"]["billing"]["total_cost"] == 0.009
    without = workspace.ask("POST", "/v2/prices/preview", {"without": made["id"]})
    assert (without["calls"], without["cost_after"]) == (2, 0.0009)
    workspace.ask("DELETE", f"/v2/prices/{made['id']}")
    workspace.ask("POST", "/v2/prices/apply", {"model": "gpt-4o-mini"})
    assert workspace.sessions()["s"]["billing"]["total_cost"] == 0.0009


def test_price_applies_from_its_start_time(workspace: Workspace) -> None:
    """The latest applies; exact names and prices of a provider take precedence."""
    hour = datetime.fromtimestamp(START_NS / 10**9 + 3600, UTC).isoformat()
    for price in (
        OWN | {"model": "*"},
        OWN,
        OWN | {"valid_from": hour, "input_per_million": 3},
        OWN | {"model": "*", "provider": "acme", "input_per_million": 100},
    ):
        workspace.ask("PUT", "/v2/prices", price)
    later = START_NS + 2 * generators.HOUR_NS
    workspace.send(
        call(1, session_id="first", provider="acme"),
        call(2, session_id="second", start_ns=later, end_ns=later),
        call(3, session_id="other", request_model="x", response_model="x", provider="acme"),
    )
    costs = {name: one["billing"]["input_cost"] for name, one in workspace.sessions().items()}
    assert costs == {"first": 0.0015, "second": 0.003, "other": 0.1}


def test_copies_after_repricing_win(workspace: Workspace) -> None:
    """A later end wins over the re-priced copy, and a retry changes nothing."""
    workspace.send(call(1))
    _set_and_apply(workspace, OWN)
    workspace.send(call(1))
    assert workspace.sessions()["s"]["billing"]["total_cost"] == 0.0045
    ended = call(1, input_tokens=2_000, end_ns=START_NS + 60 * MILLISECOND_NS)
    workspace.send(ended)
    workspace.send(call(1))
    assert workspace.sessions()["s"]["billing"]["total_cost"] == 0.006


def test_models_are_listed_with_their_effective_price(workspace: Workspace) -> None:
    """Unpriced ones first; traces of several models count by their calls."""
    mini = {"request_model": "gpt-4o-mini", "response_model": "gpt-4o-mini", "provider": "openai"}
    same = {"trace_id": f"{1:032x}"}
    workspace.send(call(1), call(2, **mini), call(3, **same, **mini), call(4, is_error=True))
    found = workspace.ask("GET", "/v2/models")["data"]
    assert [(m["model"], m["calls"], m["failed_calls"], m["unpriced_calls"]) for m in found] == [
        ("own-model", 2, 1, 1),
        ("gpt-4o-mini", 2, 0, 0),
    ]
    assert found[0]["price"] == {"source": "none", "has_tiers": False}
    assert found[1]["price"]["source"] == "list"
    assert found[1]["price"]["rates"]["input_per_million"] == 0.15
    assert (found[1]["providers"], found[1]["cost"]) == (["openai"], 0.0009)
    made = _set_and_apply(workspace, OWN) and workspace.ask("GET", "/v2/prices")["data"][0]
    own = workspace.ask("GET", "/v2/models")["data"][0]
    assert own["unpriced_calls"] == 0
    assert (own["price"]["source"], own["price"]["price_id"]) == ("own", made["id"])


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"input_per_million": -1}, "input_per_million"),
        ({"input_per_million": 0.0000001}, "input_per_million"),
        ({"output_per_million": 1000}, "output_per_million"),
        ({"model": ""}, "model"),
        ({"valid_from": "1999-01-01"}, "valid_from"),
        ({"per_request": 1}, "per_request"),
    ],
)
def test_invalid_price_is_refused(
    workspace: Workspace, change: Mapping[str, object], path: str
) -> None:
    """With the path of the fault."""
    answer = workspace.server.client.put(
        "/v2/prices", json=OWN | dict(change), headers=bearer(workspace.key)
    )
    assert answer.status_code == 400
    assert path in json.dumps(answer.json()["errors"])


def test_derived_figures_equal_the_spans_after_repricing(guarded: Server) -> None:
    """Prices persist over a restart."""
    workspace = _workspace(guarded, "lasting")
    workspace.send(call(1))
    _set_and_apply(workspace, OWN)
    guarded.restart()
    workspace.send(call(2))
    assert workspace.sessions()["s"]["billing"]["total_cost"] == 0.009
    headers = bearer(ADMIN_KEY)
    verified = guarded.client.post("/v2/sessions/verify", headers=headers, timeout=120).json()
    assert verified["differences"] == []
    log = workspace.ask("GET", "/v2/audit-log")["data"]
    assert {entry["action"] for entry in log} >= {"price.set", "price.apply"}


def test_repricing_keeps_indexed_messages(fresh_server: Server) -> None:
    """Also of calls in one request, whose copies share an arrival time."""
    workspace = Workspace(fresh_server)
    fresh_server.post(spoken_request([call(1, name="a"), call(2, name="b")]))
    assert _set_and_apply(workspace, OWN) == {"calls": 2}
    workspace.send(call(3))
    # Only from its next start does the server report correctly that indexing is complete.
    fresh_server.restart()
    eventually(lambda: workspace.ask("GET", "/v2/stats")["is_search_caught_up"])
    assert fresh_server.verify()["differences"] == []


def test_killed_repricing_is_completed_by_the_next(fresh_server: Server) -> None:
    """From any state at a random moment of the kill."""
    workspace, calls = Workspace(fresh_server), 400
    workspace.send(*(call(n, session_id=f"s{n % 20}") for n in range(1, calls + 1)))
    for dollars in range(1, 6):
        workspace.ask("PUT", "/v2/prices", OWN | {"input_per_million": dollars})
        with ThreadPoolExecutor() as threads:
            cut = threads.submit(fresh_server.client.post, "/v2/prices/apply", json={})
            random_pause(0, 0.3)
            fresh_server.kill()
            assert cut.exception() is None or isinstance(cut.exception(), httpx.TransportError)
        fresh_server.start()
        workspace.ask("POST", "/v2/prices/apply", {})
        costs = [one["billing"]["input_cost"] for one in workspace.sessions().values()]
        assert costs == [dollars * 1_000 * 20 / 1_000_000] * 20
        assert fresh_server.verify()["differences"] == []


def test_price_commands(fresh_server: Server) -> None:
    """Set with a preview, list, apply, remove."""
    workspace, folder = Workspace(fresh_server), fresh_server.folder
    workspace.send(call(1))
    rates = ("--input", "1.5", "--output", "6")
    output = run("prices", "preview", "own-*", *rates, folder=folder).stdout
    assert "$0.0045" in output
    made = run_json("prices", "set", "own-*", *rates, folder=folder)
    assert "own-*" in run("prices", "list", folder=folder).stdout
    assert run_json("prices", "apply", "own-*", folder=folder) == {"calls": 1}
    assert workspace.sessions()["s"]["billing"]["total_cost"] == 0.0045
    run("prices", "remove", made["id"], "--apply", folder=folder)
    assert workspace.sessions()["s"]["billing"]["total_cost"] == 0
