"""A project key has no access to another project, over any protocol or route."""

import json
from collections.abc import Iterator
from decimal import Decimal
from string import Template

import grpc
import pytest

from sessionary.model.derived_id import derived_session_id, derived_trace_id
from tests.api.access.test_isolation import ROUTES
from tests.ingest.test_log_records import log_body
from tests.support.conversation_spans import spoken_request
from tests.support.keys import ADMIN_KEY, bearer, new_key
from tests.support.projects import ATTACKS, SECRET, Projects, attack, call, two_projects

EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
SESSION, TRACE = "the-owners-session", f"{1:032x}"
LISTS = [name for name, route in ROUTES.items() if route.scope == "read"]


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Projects]:
    """A server on which the other project has attacked the owner's session."""
    with two_projects(tmp_path_factory.mktemp("projects") / "data") as both:
        owned = call(1, SESSION, input_tokens=71_000, total_cost=Decimal("7.125"))
        both.send(both.owner, owned)
        for change in ATTACKS.values():
            both.send(both.other, change(owned))
        yield both


@pytest.mark.parametrize("name", LISTS)
def test_no_route_shows_data_of_the_owner(projects: Projects, name: str) -> None:
    """Neither messages nor contacts nor figures."""
    route = ROUTES[name]
    path = Template(route.path).safe_substitute(session=SESSION, trace=TRACE, project="owner")
    answer = projects.server.client.request(
        name.partition(" ")[0], path, json=route.body, headers=bearer(projects.other)
    )
    if "$session" in route.path or "$trace" in route.path:
        assert answer.status_code == 404, answer.text
    for secret in (SECRET, f"contact-of-{SESSION}", "7.125", "71000", "71500"):
        assert secret not in answer.text


@pytest.mark.parametrize("name", [n for n, route in ROUTES.items() if route.scope == "write"])
def test_no_route_changes_data_of_the_owner(projects: Projects, name: str) -> None:
    """The session, its trace and its conversation are unchanged."""
    paths = (f"/v2/sessions/{SESSION}", f"/v2/sessions/{SESSION}/conversation")
    before = [projects.get(projects.owner, path) for path in (*paths, f"/v3/traces/{TRACE}")]
    route = ROUTES[name]
    path = Template(route.path).safe_substitute(session=SESSION, trace=TRACE, project="owner")
    answer = projects.server.client.request(
        name.partition(" ")[0], path, json=route.body, headers=bearer(projects.other)
    )
    assert answer.status_code < 500
    assert SECRET not in answer.text
    after = [projects.get(projects.owner, path) for path in (*paths, f"/v3/traces/{TRACE}")]
    assert after == before
    assert before[0][0] == 200
    assert SECRET in str(before[1])


def test_rename_cannot_take_a_name_of_the_owner(projects: Projects) -> None:
    """Neither the session's own name nor its derived name."""
    headers, client = bearer(projects.other), projects.server.client
    client.post("/v2/sessions", json={"external_id": "others"}, headers=headers)
    for taken in (SESSION, derived_session_id("owner", "anything")):
        renamed = {"external_id": taken}
        for answer in (
            client.patch("/v2/sessions/others", json=renamed, headers=headers),
            client.post("/v2/sessions", json=renamed, headers=headers),
        ):
            assert answer.status_code == 409, answer.text


def test_same_rules_apply_over_grpc(projects: Projects) -> None:
    """Spans of the other project form a separate session."""
    projects.send(projects.owner, call(0x200, "over-grpc"))
    before = projects.session(projects.owner, "over-grpc")
    body = spoken_request([attack(call(0x200, "over-grpc"))])
    with grpc.insecure_channel(projects.grpc_address) as channel:
        metadata = tuple(bearer(projects.other).items())
        channel.unary_unary(EXPORT)(body, metadata=metadata, timeout=30)
    assert projects.session(projects.owner, "over-grpc") == before
    apart = f"/v3/traces/{derived_trace_id('other', f'{0x200:032x}')}"
    assert projects.get(projects.other, apart)[0] == 200


def test_call_in_a_log_record_stays_in_its_project(projects: Projects) -> None:
    """Even if both report the same call; trace ids derive from session and call."""
    usage = {"model": "gemini-2.5-pro", "input_token_count": 100, "output_token_count": 20}
    body = log_body("gemini-cli", "gemini_cli.api_response", {"session.id": "logged", **usage})
    for key in (projects.owner, projects.other, projects.other, projects.owner):
        projects.server.post(
            body, path="/v1/logs", content_type="application/json", headers=bearer(key)
        )
    assert projects.session(projects.owner, "logged")["usage"]["total_tokens"] == 120
    apart = projects.session(projects.other, derived_session_id("other", "logged"))
    assert (apart["usage"]["total_tokens"], apart["traces_count"]) == (120, 1)


def test_log_record_is_not_shown_in_a_trace_of_another_project(projects: Projects) -> None:
    """Neither after the owner's spans nor before, when the record claims the trace."""
    for number, is_after in ((0x210, True), (0x211, False)):
        span = call(number, f"said-{number}", name="")
        record = message_record(span.trace_id, span.span_id, "words put in its mouth")
        if is_after:
            projects.send(projects.owner, span)
        send_record(projects, projects.other, record)
        projects.send(projects.owner, span)
        name = span.session_id
        status, owners = projects.get(projects.owner, f"/v2/sessions/{name}/conversation")
        assert status == 200
        assert "put in its mouth" not in str(owners)
        send_record(
            projects, projects.owner, message_record(span.trace_id, span.span_id, "own words")
        )
        _, owners = projects.get(projects.owner, f"/v2/sessions/{name}/conversation")
        assert "own words" in str(owners)
        assert "put in its mouth" not in str(owners)
    _, all_traces = projects.get(ADMIN_KEY, f"/v3/traces/{0x210:032x}/conversation")
    assert "put in its mouth" not in str(all_traces)


def test_log_record_of_the_workspace_is_not_visible_to_projects(projects: Projects) -> None:
    """If it arrives before any span of its trace, the trace belongs to the workspace."""
    span = call(0x212, "logged-first", name="")
    send_record(
        projects, ADMIN_KEY, message_record(span.trace_id, span.span_id, "words of the workspace")
    )
    projects.send(projects.other, span)
    _, found = projects.get(projects.other, "/v2/sessions/logged-first/conversation")
    assert "words of the workspace" not in str(found)
    apart = f"/v3/traces/{derived_trace_id('other', span.trace_id)}"
    assert projects.get(projects.other, apart)[0] == 200


def test_scores_and_links_stay_with_the_owner(projects: Projects) -> None:
    """The other project cannot score or share the owner's session."""
    headers, client = bearer(projects.other), projects.server.client
    score = {"name": "good", "value": 1}
    for target in ({"session_id": SESSION}, {"trace_id": TRACE}):
        answer = client.post("/v2/scores", json=score | target, headers=headers)
        assert answer.status_code == 404
    shared = client.post(f"/v2/sessions/{SESSION}/shares", json={}, headers=headers)
    assert shared.status_code == 404
    assert client.delete(f"/v2/sessions/{SESSION}", headers=headers).status_code == 404


def test_events_are_limited_to_the_project(projects: Projects) -> None:
    """An attack on a session causes events of the separate session only."""
    headers = bearer(projects.other)
    with projects.server.client.stream("GET", "/v2/sessions/events", headers=headers) as stream:
        lines = stream.iter_lines()
        next(lines)
        projects.send(projects.owner, call(0x220, "followed"))
        projects.send(projects.other, attack(call(0x220, "followed")))
        data = next(line for line in lines if line.startswith("data:"))
    assert json.loads(data.removeprefix("data:"))["external_id"] == derived_session_id(
        "other", "followed"
    )


def test_derived_ids_differ_between_projects(projects: Projects) -> None:
    """A third project's separate session has other ids than the second's."""
    third = new_key(projects.server, "ingest", "read", project_id="third")["key"]
    projects.send(third, attack(call(1, SESSION)))
    assert projects.session(third, derived_session_id("third", SESSION))["traces_count"] == 1
    name = derived_session_id("other", SESSION)
    assert projects.get(third, f"/v2/sessions/{name}")[0] == 404


def message_record(trace_id: str, span_id: str, words: str) -> bytes:
    """A log record of a user's message."""
    body = json.loads(log_body("app", "gen_ai.user.message", {}))
    record = body["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0]
    content = {"kvlistValue": {"values": [{"key": "content", "value": {"stringValue": words}}]}}
    record |= {"traceId": trace_id, "spanId": span_id, "body": content}
    return json.dumps(body).encode()


def send_record(projects: Projects, key: str, record: bytes) -> None:
    """Send one log record."""
    projects.server.post(
        record, path="/v1/logs", content_type="application/json", headers=bearer(key)
    )
