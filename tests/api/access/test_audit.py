"""The audit log has deletions and shared changes, without personal data."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key, span_of
from tests.support.server import Json, Server

TRACE, SPAN = f"{1:032x}", f"{1:016x}"
PERSON = "ada@example.test"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with guarded_server(tmp_path_factory.mktemp("audited") / "data") as running:
        running.post(span_of(f"chat of {PERSON}"), headers=bearer(ADMIN_KEY))
        yield running


def ask(server: Server, method: str, path: str, body: Json | None = None) -> httpx.Response:
    return server.client.request(method, path, json=body, headers=bearer(ADMIN_KEY), timeout=120)


def entries(server: Server) -> list[Json]:
    """The entries, latest first."""
    found: list[Json] = ask(server, "GET", "/v2/audit-log?limit=100").json()["data"]
    return found


PRICE = {"model": "m", "input_per_million": 1, "output_per_million": 1}
SCORE = {"id": PERSON, "trace_id": TRACE, "name": "n", "value": 1}
ANNOTATION = f"/v2/traces/{TRACE}/spans/{SPAN}/annotation"
FEEDBACK = {"property": "rating", "value": ["good"], "trace_id": TRACE}
# Actions, each with preparing requests that are not logged.
ACTIONS: dict[str, list[tuple[str, str, Json | None]]] = {
    "score.delete": [("POST", "/v2/scores", SCORE), ("DELETE", f"/v2/scores/{PERSON}", None)],
    "annotation.delete": [
        ("POST", ANNOTATION, {"annotations": [{"key": "k", "value": True}]}),
        ("DELETE", ANNOTATION, {"keys": ["k", "another"]}),
    ],
    "contact.delete": [
        ("POST", "/v2/contacts", {"external_id": PERSON}),
        ("DELETE", f"/v2/contacts/{PERSON}", None),
    ],
    "project.create": [("POST", "/v2/projects", {"id": "blue", "name": PERSON})],
    "project.rename": [("PATCH", "/v2/projects/blue", {"name": f"of {PERSON}"})],
    "project.delete": [("DELETE", "/v2/projects/blue", None)],
    "price.set": [("PUT", "/v2/prices", PRICE)],
    "price.apply": [("POST", "/v2/prices/apply", {})],
    "retention.change": [("PUT", "/v2/retention", {"days": 0})],
    "sessions.rebuild": [("POST", "/v2/sessions/rebuild", None)],
    "sample.load": [("POST", "/v2/sample", None)],
    "sample.delete": [("DELETE", "/v2/sample", None)],
}


def test_every_action_has_an_entry_without_personal_data(guarded: Server) -> None:
    """Exactly one, with the key of the request."""
    for action, requests in ACTIONS.items():
        before = len(entries(guarded))
        for method, path, body in requests:
            answer = ask(guarded, method, path, body)
            assert answer.status_code < 300, (action, answer.text)
        found = entries(guarded)
        assert len(found) == before + 1, action
        assert (found[0]["action"], found[0]["actor"]) == (action, "bootstrap")
        assert PERSON not in str(found), action


def test_removed_feedback_has_an_entry(guarded: Server) -> None:
    """Removed by trace, under either path."""
    made = ask(guarded, "POST", "/v2/feedback", FEEDBACK)
    assert made.status_code == 200, made.text
    removed = {"id": made.json()["id"], "trace_id": TRACE, "product": "otel"}
    assert ask(guarded, "POST", "/v2/feedback/remove", removed).status_code == 200
    entry = entries(guarded)[0]
    assert (entry["action"], entry["subject"]) == ("score.delete", made.json()["id"])
    assert TRACE in entry["detail"]


def test_submitted_feedback_has_an_entry_with_the_message(guarded: Server) -> None:
    """The response has the id of the entry's subject."""
    message = {"message": "wrong total", "category": "bug", "request_id": "r1", "url": "/x"}
    answer = ask(guarded, "POST", "/v3/submit-feedback", message)
    assert answer.status_code == 200, answer.text
    entry = entries(guarded)[0]
    assert (entry["action"], entry["subject"]) == ("feedback.submit", answer.json()["feedback_id"])
    assert entry["detail"] == "bug: wrong total\nr1\n/x"


def test_removing_missing_annotations_has_no_entry(guarded: Server) -> None:
    """Nothing was deleted."""
    before = entries(guarded)
    assert ask(guarded, "DELETE", ANNOTATION, {"keys": ["never"]}).status_code == 200
    assert entries(guarded) == before


@pytest.mark.parametrize("keep_traces", ["true", "false"])
def test_concurrent_deletions_have_one_entry(guarded: Server, keep_traces: str) -> None:
    """The request that deleted the session is logged, the others are not."""
    session = f"contended-{keep_traces}"
    guarded.post(span_of(session, number=2 + (keep_traces == "true")), headers=bearer(ADMIN_KEY))
    before = len(entries(guarded))
    with ThreadPoolExecutor(8) as pool:
        path = f"/v2/sessions/{session}?keep_traces={keep_traces}"
        answers = list(pool.map(lambda _: ask(guarded, "DELETE", path), range(8)))
    assert {answer.status_code for answer in answers} <= {204, 404}
    found = entries(guarded)
    assert [entry["action"] for entry in found[: len(found) - before]] == ["session.delete"]


def test_last_admin_key_cannot_be_revoked(tmp_path: Path) -> None:
    """Nor by concurrent requests; a server that requires keys must be able to start."""
    with guarded_server(tmp_path / "data") as server:
        (first,) = ask(server, "GET", "/v2/api-keys").json()["data"]
        second = new_key(server, "admin")
        ends = {ADMIN_KEY: first["id"], second["key"]: second["id"]}

        def end(key: str) -> httpx.Response:
            return server.client.delete(f"/v2/api-keys/{ends[key]}", headers=bearer(key))

        with ThreadPoolExecutor(2) as pool:
            answers = dict(zip(ends, pool.map(end, ends), strict=True))
        assert sorted(answer.status_code for answer in answers.values()) == [204, 409]
        (left,) = [key for key, answer in answers.items() if answer.status_code == 409]
        assert "keys create" in answers[left].json()["message"]
        server.restart()
        assert server.client.get("/v2/me", headers=bearer(left)).status_code == 200
