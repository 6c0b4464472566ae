"""Spans sent with a key of one project cannot take over data of another."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from sessionary.model.derived_id import derived_session_id, derived_trace_id
from tests.support.keys import ADMIN_KEY, bearer, new_key
from tests.support.projects import ATTACKS, SECRET, Projects, attack, call, two_projects
from tests.support.server import Json


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projects]:
    with two_projects(tmp_path_factory.mktemp("projects") / "data") as both:
        yield both


@pytest.mark.parametrize(("number", "name"), list(enumerate(ATTACKS, start=0x10)))
def test_project_cannot_take_over_a_session(projects: Projects, number: int, name: str) -> None:
    """The owner's figures stay; the other project's spans form a separate session."""
    session = f"session-{number}"
    span = call(number, session)
    projects.send(projects.owner, span)
    before = projects.session(projects.owner, session)
    trace = projects.get(projects.owner, f"/v3/traces/{span.trace_id}")
    sent = ATTACKS[name](span)
    for _ in range(2):
        projects.send(projects.other, sent)
        assert projects.session(projects.owner, session) == before
        assert projects.get(projects.owner, f"/v3/traces/{span.trace_id}") == trace
    assert projects.get(projects.other, f"/v2/sessions/{session}")[0] == 404
    assert projects.get(projects.other, f"/v3/traces/{span.trace_id}")[0] == 404
    assert SECRET not in str(projects.sessions(projects.other))
    trace_id = sent.trace_id
    if trace_id == span.trace_id:
        trace_id = derived_trace_id("other", trace_id)
    status, apart = projects.get(projects.other, f"/v3/traces/{trace_id}")
    assert status == 200
    assert apart["trace"]["spans_count"] == 1
    if sent.session_id == session:
        derived = projects.session(projects.other, derived_session_id("other", session))
        assert derived["traces_count"] == 1
        assert derived["project_id"] == "other"
        assert derived["usage"]["total_tokens"] == 2


def test_sent_ids_are_attributes_of_separated_spans(projects: Projects) -> None:
    """Other spans do not have these attributes."""
    span = call(0x30, "attributes")
    projects.send(projects.owner, span)
    path = f"/v3/traces/{span.trace_id}/spans/{span.span_id}"
    projects.send(projects.other, attack(span))
    apart = path.replace(span.trace_id, derived_trace_id("other", span.trace_id))
    _, mine = projects.get(projects.other, apart)
    _, owners = projects.get(projects.owner, path)
    sent = {
        "sessionary.sent_trace_id": span.trace_id,
        "sessionary.sent_session_id": "attributes",
    }
    assert sent.items() <= mine["span"]["attributes"].items()
    assert not sent.keys() & owners["span"]["attributes"].keys()


def test_session_of_the_workspace_is_not_given_to_a_project(projects: Projects) -> None:
    """A session that a workspace key sent without a project."""
    projects.send(ADMIN_KEY, call(0x31, "of-the-workspace"))
    before = projects.session(ADMIN_KEY, "of-the-workspace")
    projects.send(projects.other, attack(call(0x31, "of-the-workspace")))
    assert projects.session(ADMIN_KEY, "of-the-workspace") == before
    assert projects.get(projects.other, "/v2/sessions/of-the-workspace")[0] == 404


def test_workspace_key_can_add_to_any_project(projects: Projects) -> None:
    """Its spans may name any project and any project's session."""
    projects.send(projects.owner, call(0x32, "joined"))
    projects.send(ADMIN_KEY, call(0x33, "joined", project_id="owner"))
    projects.send(projects.owner, call(0x34, "joined"))
    assert projects.session(projects.owner, "joined")["traces_count"] == 3


@pytest.mark.parametrize("renamed", [False, True])
def test_session_without_traces_has_an_owner(projects: Projects, renamed: bool) -> None:
    """A session created through the API, under each of its names."""
    name = f"reported-{renamed}"
    headers = bearer(projects.owner)
    projects.server.client.post("/v2/sessions", json={"external_id": name}, headers=headers)
    if renamed:
        change = {"external_id": f"{name}-new"}
        projects.server.client.patch(f"/v2/sessions/{name}", json=change, headers=headers)
    before = projects.session(projects.owner, name)
    for number, tried in enumerate({name, before["external_id"]}, start=0x40 + 2 * renamed):
        projects.send(projects.other, attack(call(number, tried)))
    assert projects.session(projects.owner, name) == before


def test_derived_names_cannot_be_claimed_in_advance(projects: Projects) -> None:
    """Neither by spans nor through the API."""
    name = derived_session_id("owner", "wanted")
    projects.send(projects.other, call(0x50, "wanted"), call(0x51, name))
    assert name not in projects.sessions(ADMIN_KEY)
    made = projects.server.client.post(
        "/v2/sessions", json={"external_id": name}, headers=bearer(projects.other)
    )
    assert made.status_code == 409
    projects.send(projects.owner, call(0x52, "wanted"))
    assert projects.session(projects.owner, name)["traces_count"] == 1
    derived = derived_trace_id("owner", f"{0x53:032x}")
    projects.send(projects.other, call(0x53), replace(call(0x54), trace_id=derived))
    projects.send(projects.owner, call(0x53))
    assert projects.get(projects.owner, f"/v3/traces/{derived}")[0] == 200


def test_spans_in_flight_have_an_owner(projects: Projects) -> None:
    """Concurrent requests of two projects never share a trace or session."""
    spans = {
        key: [[call(number, f"race-{number % 5}")] for number in range(0x100, 0x130)]
        for key in (projects.owner, projects.other)
    }
    with ThreadPoolExecutor(16) as pool:
        for pair in zip(*spans.values(), strict=True):
            for key, request in zip(spans, pair, strict=True):
                pool.submit(projects.send, key, *request)
    for key, project in ((projects.owner, "owner"), (projects.other, "other")):
        mine = {n: s for n, s in projects.sessions(key).items() if n.startswith("race-")}
        assert {session["project_id"] for session in mine.values()} == {project}
        assert sum(session["traces_count"] for session in mine.values()) == 48
        for name in mine:
            status, conversation = projects.get(key, f"/v2/sessions/{name}/conversation")
            assert status == 200, conversation


def test_separated_spans_roll_up_the_same_in_any_order_and_split(projects: Projects) -> None:
    """Ids are replaced consistently over requests."""
    found = []
    for start in (0x80, 0x90):
        owned = call(start, f"split-{start}")
        projects.send(projects.owner, owned)
        spans = [
            attack(replace(owned, span_id=f"{number:016x}", trace_id=f"{trace:032x}"))
            for trace in (start, start + 1)
            for number in range(1, 4)
        ]
        requests = [spans] if start == 0x80 else [[span] for span in [*spans[::-1], *spans]]
        for request in requests:
            projects.send(projects.other, *request)
        apart = projects.session(projects.other, derived_session_id("other", owned.session_id))
        found.append((apart["traces_count"], apart["spans_count"], apart["usage"]))
    assert found[0] == found[1]
    assert found[0][:2] == (2, 6)


def test_conflicts_are_reported(projects: Projects) -> None:
    """In the list of projects and in the log."""
    keys = [
        new_key(projects.server, "ingest", "read", project_id=name)["key"]
        for name in ("counted (1)", "counting 100%")
    ]
    for key in keys:
        projects.send(key, call(0x60, "counted"), call(0x61, "counted-too"))
    _, body = projects.get(ADMIN_KEY, "/v2/projects")
    counts = {project["id"]: project["conflicts_count"] for project in body["data"]}
    assert (counts["counted (1)"], counts["counting 100%"]) == (0, 2)
    assert "2 spans of the projects counting 100%" in projects.server.output()


def test_restart_and_rebuild_change_nothing(projects: Projects) -> None:
    """Because ids are replaced before spans are stored."""
    projects.send(projects.owner, call(0x70, "rebuilt"))
    projects.send(projects.other, attack(call(0x70, "rebuilt")))
    projects.server.restart()
    projects.send(projects.other, attack(call(0x70, "rebuilt")))
    before = figures(projects.sessions(ADMIN_KEY))
    admin = {"headers": bearer(ADMIN_KEY), "timeout": 300}
    rebuilt = projects.server.client.post("/v2/sessions/rebuild", **admin)  # type: ignore[arg-type]
    assert rebuilt.status_code == 200
    assert figures(projects.sessions(ADMIN_KEY)) == before
    verified = projects.server.client.post("/v2/sessions/verify", **admin)  # type: ignore[arg-type]
    assert verified.json()["differences"] == []
    projects.send(projects.other, attack(call(0x70, "rebuilt")))
    assert figures(projects.sessions(ADMIN_KEY)) == before


def figures(sessions: Mapping[str, Json]) -> dict[str, Json]:
    """The sessions without the time of their last roll-up, by name."""
    return {
        name: {field: value for field, value in session.items() if field != "updated_at"}
        for name, session in sessions.items()
    }
