"""Writes of sessions, and how overrides combine with measured figures."""

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessionary.model.span_kind import LLM
from tests.support import generators
from tests.support.errors import faults, refused
from tests.support.examples import examples
from tests.support.reference import RefSpan
from tests.support.server import Json, Server, instant_ns

CLASSIC, CURRENT = "/v2/traces/sessions", "/v2/sessions"
both = pytest.mark.parametrize("prefix", [CLASSIC, CURRENT])
SECOND_NS = 1_000_000_000
NOW_NS = 1_760_000_000 * SECOND_NS

WHOLE = {
    "duration": 1240.5,
    "contact_ids": ["ada", "bob"],
    "billing": {"input_cost": 0.0012, "output_cost": 0.0024, "total_cost": 0.0036},
    "usage": {"prompt_tokens": 480, "completion_tokens": 132, "total_tokens": 612},
    "traces_count": 2,
    "tags": ["support", "vip"],
    "project_id": "p",
    "started_at": "2025-06-01T10:00:00.123456Z",
}
NOTHING: Json = {
    "duration": 0,
    "contact_ids": [],
    "billing": {"input_cost": 0, "output_cost": 0, "total_cost": 0},
    "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    "traces_count": 0,
    "tags": [],
}
HOSTILE = [
    "'; DROP TABLE sessions --",
    "{x:String}",
    'a"b\\c',
    "nul\0byte",
    "🦊 é",
    "${slot}",
    "x" * 200,
]


def own_name() -> str:
    return f"written {secrets.token_hex(8)}"


def create(
    server: Server, external_id: str, body: Json | None = None, prefix: str = CURRENT
) -> Json:
    response = server.client.post(prefix, json={"external_id": external_id, **(body or {})})
    assert response.status_code == 200, response.text
    session: Json = response.json()
    return session


def update(server: Server, name: str, body: Json, prefix: str = CURRENT) -> Json:
    response = server.client.patch(f"{prefix}/{name}", json=body)
    assert response.status_code == 200, response.text
    session: Json = response.json()
    return session


def call_of(
    session_id: str, tokens: int = 10, *, tags: tuple[str, ...] = (), second: int = 0
) -> RefSpan:
    """A trace with one model call of a second."""
    start = NOW_NS + second * SECOND_NS
    return RefSpan(
        trace_id=secrets.token_hex(16),
        span_id=secrets.token_hex(8),
        parent_id="",
        name="call",
        start_ns=start,
        end_ns=start + SECOND_NS,
        kind=LLM,
        scope="app",
        session_id=session_id,
        request_model="made-up",
        response_model="made-up",
        input_tokens=tokens,
        output_tokens=1,
        reports_usage=True,
        tags=tags,
    )


def send(server: Server, *spans: RefSpan) -> None:
    server.post(generators.export_request(spans))


@both
def test_created_session_is_read_back(server: Server, prefix: str) -> None:
    """Every field, by both ids, with exactly the default fields."""
    name = own_name()
    created = create(server, name, WHOLE, prefix)
    written = WHOLE | {"external_id": name}
    assert {key: created[key] for key in written} | {"started_at": WHOLE["started_at"]} == written
    assert instant_ns(created["started_at"]) == instant_ns(str(WHOLE["started_at"]))
    for other in (name, created["_id"]):
        assert server.get(f"{prefix}/{other}") == created


@both
def test_only_the_external_id_is_required(server: Server, prefix: str) -> None:
    """Others default to zero or empty, and the session starts now."""
    created = create(server, own_name(), {}, prefix)
    assert {key: created[key] for key in NOTHING} == NOTHING
    assert created["started_at"]


def test_current_generation_omits_unknown_fields(server: Server) -> None:
    """And has title, client, repository and kind if they were written."""
    created = create(server, own_name())
    assert not {"project_id", "title", "client", "repo", "kind"} & set(created)
    written = {"title": "T", "client": "codex", "repo": "o/r", "kind": "THREAD_KIND_CODING_AGENT"}
    updated = update(server, created["_id"], written)
    assert {key: updated[key] for key in written} == written


@both
def test_creating_an_existing_name_is_refused(server: Server, prefix: str) -> None:
    """Whether a request or a trace created it."""
    created, traced = own_name(), own_name()
    create(server, created, {}, prefix)
    send(server, call_of(traced))
    for name in (created, traced):
        refused(server.client.post(prefix, json={"external_id": name}), 409, name)


def test_one_of_two_concurrent_creations_succeeds(server: Server) -> None:
    """In a hundred attempts."""
    with ThreadPoolExecutor(2) as pool:
        for _ in range(100):
            body = {"external_id": own_name()}
            asked = [pool.submit(server.client.post, CURRENT, json=body) for _ in range(2)]
            assert sorted(each.result().status_code for each in asked) == [200, 409]


def test_later_traces_add_to_overrides(server: Server) -> None:
    """Figures grow from the written value; new tags are added to written ones."""
    name = own_name()
    send(server, call_of(name, 100, tags=("seen",)))
    usage = {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 12}
    update(server, name, {"usage": usage, "tags": ["own"], "traces_count": 5})
    send(server, call_of(name, 20, tags=("seen", "later"), second=60))
    session = server.session(name)
    assert session["usage"] == {"prompt_tokens": 27, "completion_tokens": 4, "total_tokens": 33}
    assert session["tags"] == ["later", "own"]
    assert session["traces_count"] == 6


def test_renamed_session_keeps_its_id_and_old_name(server: Server) -> None:
    """Spans with either name belong to it; both names find it and remain taken."""
    before, after = own_name(), own_name()
    send(server, call_of(before, 10))
    id = server.session(before)["_id"]
    assert update(server, before, {"external_id": after})["_id"] == id
    send(server, call_of(before, 20, second=5), call_of(after, 40, second=9))
    for name in (before, after, id):
        session = server.session(name)
        assert (session["_id"], session["external_id"]) == (id, after)
        assert session["usage"]["prompt_tokens"] == 70
    assert len(server.traces(after)) == 3
    for name in (before, after):
        refused(server.client.post(CURRENT, json={"external_id": name}), 409, name)


def test_rename_to_an_existing_name_is_refused(server: Server) -> None:
    """And changes nothing."""
    first, second = create(server, own_name()), create(server, own_name())
    refused(
        server.client.patch(
            f"{CURRENT}/{first['_id']}", json={"external_id": second["external_id"], "tags": ["x"]}
        ),
        409,
        second["external_id"],
    )
    assert server.get(f"{CURRENT}/{first['_id']}") == first


@both
def test_empty_values_are_written(server: Server, prefix: str) -> None:
    """An empty list clears a field, as do the flags of the current generation."""
    name = own_name()
    create(server, name, WHOLE, prefix)
    assert update(server, name, {"tags": []}, prefix)["tags"] == []
    assert update(server, name, {"clear_contact_ids": True}, prefix)["contact_ids"] == []


@both
def test_empty_update_changes_only_updated_at(server: Server, prefix: str) -> None:
    """Every other field stays."""
    created = create(server, own_name(), WHOLE, prefix)
    updated = update(server, created["_id"], {}, prefix)
    assert updated | {"updated_at": ""} == created | {"updated_at": ""}


@both
def test_deletion_removes_a_session_and_its_traces(server: Server, prefix: str) -> None:
    """Afterwards the same name starts an empty session with the same id."""
    name = own_name()
    span = call_of(name, 10, tags=("old",))
    send(server, span)
    id = server.session(name)["_id"]
    update(server, name, {"usage": {"prompt_tokens": 1000}})
    assert server.client.delete(f"{prefix}/{name}").status_code == 204
    for other in (name, id):
        refused(server.client.get(f"{prefix}/{other}"), 404, other)
        refused(server.client.delete(f"{prefix}/{other}"), 404, other)
    assert name not in server.sessions()
    assert span.trace_id not in {trace["trace_id"] for trace in server.sessionless_traces()}
    send(server, call_of(name, 3))
    session = server.session(name)
    assert (session["_id"], session["usage"]["prompt_tokens"], session["tags"]) == (id, 3, [])
    assert server.verify()["differences"] == []


def test_deletion_removes_superseded_copies(fresh_server: Server) -> None:
    """Otherwise a copy in another hour would win, once the winning copy is gone."""
    name = own_name()
    span = call_of(name)
    hour_ns = 3600 * SECOND_NS
    send(fresh_server, span)
    send(
        fresh_server, replace(span, start_ns=span.start_ns + hour_ns, end_ns=span.end_ns + hour_ns)
    )
    assert fresh_server.session(name)["spans_count"] == 1
    assert fresh_server.client.delete(f"{CURRENT}/{name}").status_code == 204
    fresh_server.client.post("/v2/sessions/rebuild", timeout=60).raise_for_status()
    assert not fresh_server.has_session(name)


def test_deletion_can_keep_traces(server: Server) -> None:
    """They belong to no session, even if more of their spans arrive."""
    name = own_name()
    span = call_of(name, 10)
    send(server, span)
    response = server.client.delete(f"{CURRENT}/{name}", params={"keep_traces": "true"})
    assert response.status_code == 204
    assert not server.has_session(name)
    late = RefSpan(span.trace_id, secrets.token_hex(8), span.span_id, "late", NOW_NS, NOW_NS + 5)
    send(server, late)
    assert not server.has_session(name)
    kept = {trace["trace_id"]: trace for trace in server.sessionless_traces()}[span.trace_id]
    assert (kept["spans_count"], kept["prompt_tokens"]) == (2, 10)
    assert server.verify()["differences"] == []


def test_rebuild_keeps_written_values(fresh_server: Server) -> None:
    """Overrides, names and detached traces are not derived data."""
    renamed, made, cut = own_name(), own_name(), own_name()
    send(fresh_server, call_of(renamed), call_of(cut))
    update(fresh_server, renamed, {"external_id": own_name(), "tags": ["kept"]})
    create(fresh_server, made, WHOLE)
    fresh_server.client.delete(f"{CURRENT}/{cut}", params={"keep_traces": "true"})
    before = {
        name: session | {"updated_at": ""} for name, session in fresh_server.sessions().items()
    }
    assert len(before) == 2
    assert fresh_server.client.post("/v2/sessions/rebuild", timeout=60).status_code == 200
    after = {
        name: session | {"updated_at": ""} for name, session in fresh_server.sessions().items()
    }
    assert after == before
    assert fresh_server.verify()["differences"] == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_special_characters_round_trip(server: Server, text: str) -> None:
    """In every text field."""
    name = f"{own_name()} {text}"
    written = {"tags": [text], "contact_ids": [text], "title": text, "client": text, "repo": text}
    created = create(server, name, written | {"project_id": text})
    assert {key: created[key] for key in written} == written
    assert (created["external_id"], created["project_id"]) == (name, text)
    assert server.session(name)["_id"] == created["_id"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"traces_count": -1}, "traces_count"),
        ({"traces_count": 1.5}, "traces_count"),
        ({"duration": -0.1}, "duration"),
        ({"billing": {"total_cost": -1}}, "billing.total_cost"),
        ({"billing": {"total_cost": "high"}}, "billing.total_cost"),
        ({"usage": {"prompt_tokens": 2**60}}, "usage.prompt_tokens"),
        ({"tags": [""]}, "tags.0"),
        ({"tags": ["x" * 201]}, "tags.0"),
        ({"tags": [str(number) for number in range(101)]}, "tags"),
        ({"external_id": ""}, "external_id"),
        ({"external_id": "x" * 513}, "external_id"),
        ({"started_at": "yesterday"}, "started_at"),
        ({"kind": "THREAD_KIND_UNSPECIFIED"}, "kind"),
        ({"_id": "another"}, "_id"),
        ({"workspace_id": "another"}, "workspace_id"),
    ],
    ids=str,
)
@both
def test_invalid_writes_are_refused(
    server: Server, prefix: str, body: dict[str, Any], path: str
) -> None:
    """The message names the field, and nothing is written."""
    created = create(server, own_name(), {}, prefix)
    answer = server.client.patch(f"{prefix}/{created['_id']}", json=body)
    assert list(faults(answer)) == [path]
    assert server.get(f"{prefix}/{created['_id']}") == created


@both
def test_floats_are_accepted_for_integers(server: Server, prefix: str) -> None:
    """The older client sends every number as a float."""
    body = {"usage": {"prompt_tokens": 480.0}, "traces_count": 2.0, "duration": 5.0}
    created = create(server, own_name(), body, prefix)
    assert created["usage"]["prompt_tokens"] == 480
    assert created["traces_count"] == 2


@both
def test_costs_are_rounded_to_the_digits_of_the_store(server: Server, prefix: str) -> None:
    """Sums of floats have more digits, without meaning; halves round to even."""
    body: Json = {"billing": {"total_cost": 0.1 + 0.2, "input_cost": 2.5e-12, "output_cost": 5e-13}}
    kept = {"total_cost": 0.3, "input_cost": 2e-12, "output_cost": 0}
    created = create(server, own_name(), body, prefix)
    assert created["billing"] == kept
    assert update(server, created["_id"], body, prefix)["billing"] == kept


# Overrides and measured figures, in any interleaving.


@dataclass
class Expected:
    """The expected figures of one session, without adjustments."""

    names: set[str]
    tokens: int = 0
    traces: int = 0
    tags: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)

    def trace(self, tokens: int, tags: tuple[str, ...]) -> None:
        """Add a trace."""
        self.tokens += tokens
        self.traces += 1
        self.seen |= set(tags)
        self.tags |= set(tags) - self.removed

    def write(self, tokens: int | None, tags: set[str] | None) -> None:
        """Write an override; None is not written."""
        if tokens is not None:
            self.tokens = tokens
        if tags is not None:
            self.tags, self.removed = set(tags), self.seen - tags


TAGS = st.sets(st.sampled_from("abc"), max_size=2)
NAMES = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("trace"), NAMES, st.integers(0, 50), TAGS),
        st.tuples(st.just("create"), NAMES, st.none() | st.integers(0, 50), st.none() | TAGS),
        st.tuples(st.just("update"), NAMES, st.none() | st.integers(0, 50), st.none() | TAGS),
        st.tuples(st.just("rename"), NAMES, NAMES, st.none()),
        st.tuples(st.just("delete"), NAMES, st.none(), st.none()),
    ),
    min_size=1,
    max_size=8,
)


@examples(25)
@given(steps=STEPS)
def test_overrides_and_traces_combine_in_any_order(
    server: Server, steps: list[tuple[Any, ...]]
) -> None:
    """A written value is read back; traces that arrive later add to it."""
    own = secrets.token_hex(6)
    sessions: list[Expected] = []
    for verb, number, value, tags in steps:
        name = f"{own} {number}"
        found = next((each for each in sessions if name in each.names), None)
        body: Json = {} if value is None else {"usage": {"prompt_tokens": value}}
        body |= {} if tags is None else {"tags": sorted(tags)}
        match verb:
            case "trace":
                send(server, call_of(name, value, tags=tuple(sorted(tags))))
                if found is None:
                    sessions.append(found := Expected({name}))
                found.trace(value, tuple(tags))
            case "create":
                response = server.client.post(CURRENT, json={"external_id": name, **body})
                assert response.status_code == (409 if found else 200)
                if found is None:
                    sessions.append(found := Expected({name}))
                    found.write(value, tags)
            case "update":
                response = server.client.patch(f"{CURRENT}/{name}", json=body)
                assert response.status_code == (200 if found else 404)
                if found is not None:
                    found.write(value, tags)
            case "rename":
                other = f"{own} {value}"
                response = server.client.patch(f"{CURRENT}/{name}", json={"external_id": other})
                taken = any(other in each.names for each in sessions if each is not found)
                assert response.status_code == (404 if found is None else 409 if taken else 200)
                if response.status_code == 200 and found is not None:
                    found.names.add(other)
            case "delete":
                response = server.client.delete(f"{CURRENT}/{name}")
                assert response.status_code == (204 if found else 404)
                sessions = [each for each in sessions if each is not found]
    for number in range(3):
        name = f"{own} {number}"
        found = next((each for each in sessions if name in each.names), None)
        assert server.has_session(name) == (found is not None)
        if found is not None:
            session = server.session(name)
            assert session["usage"]["prompt_tokens"] == found.tokens
            assert set(session["tags"]) == found.tags


@pytest.fixture(scope="module", autouse=True)
def nothing_differs(server: Server) -> Iterator[None]:
    """After all tests, derived data equals recomputed data."""
    yield
    assert server.verify()["differences"] == []
