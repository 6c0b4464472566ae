"""Deleted data is removed from the data folder within the stated time."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.disk import found_on_disk
from tests.support.server import Json, Server
from tests.support.waiting import eventually

AT_NS = 1_795_301_854_397_000_000
LIMIT_SECONDS = 60
WAIT_SECONDS = 90.0
JSON = "application/json"
# A middle part of each is searched for, as the word index may store only that.
PLANTED = {
    "contact": "qzacontact1person",
    "email": "qzbemail2address",
    "display name": "qzcdisplay3name",
    "old email": "qzdformer4address",
    "session": "qzesession5name",
    "renamed": "qzfrenamed6session",
    "prompt": "qzgprompt7text",
    "superseded prompt": "qzhsuperseded8text",
    "trace name": "qzitrace9name",
    "tag": "qzjtag10of",
    "title": "qzktitle11of",
    "metadata": "qzlmetadata12of",
    "comment": "qzmcomment13on",
    "record": "qznrecord14body",
    "removed contact": "qzoremoved15person",
    "deleted score": "qzpdeleted16score",
    "first session": "qzqbefore17moving",
}
SEARCHED = {text[3:-1]: name for name, text in PLANTED.items()}


@pytest.fixture
def quick_server(tmp_path: Path) -> Iterator[Server]:
    """A server that removes deleted data from disk after a second or two."""
    settings = {"SESSIONARY_ERASURE_SECONDS": str(LIMIT_SECONDS)}
    with Server(tmp_path / "data", settings=settings) as running:
        yield running


def test_erased_contact_is_removed_from_every_file(quick_server: Server) -> None:
    """Also after a rebuild and a restart; messages of others stay."""
    plant(quick_server)
    assert set(on_disk(quick_server)) == set(PLANTED)
    path = f"/v2/contacts/{PLANTED['contact']}?erase=true"
    answer = quick_server.client.delete(path).raise_for_status().json()
    deadline = datetime.fromisoformat(answer["removed_from_disk_by"])
    assert (deadline - datetime.now(UTC)).total_seconds() <= LIMIT_SECONDS
    quick_server.client.delete(f"/v2/contacts/{PLANTED['removed contact']}?erase=true")
    wait_until_removed(quick_server)
    assert on_disk(quick_server) == {}
    quick_server.client.post("/v2/sessions/rebuild", timeout=60).raise_for_status()
    quick_server.restart()
    assert on_disk(quick_server) == {}
    assert set(quick_server.sessions()) == {"other"}
    assert quick_server.verify()["differences"] == []
    assert found_on_disk(quick_server.folder, ["words of bob"])


def test_killed_erasure_is_completed_after_the_next_start(
    quick_server: Server,
) -> None:
    plant(quick_server)
    for name in ("contact", "removed contact"):
        quick_server.client.delete(f"/v2/contacts/{PLANTED[name]}?erase=true").raise_for_status()
    quick_server.kill()
    assert on_disk(quick_server)
    quick_server.start()
    wait_until_removed(quick_server)
    assert on_disk(quick_server) == {}


def test_deletions_state_when_the_data_is_removed_from_disk(quick_server: Server) -> None:
    """Of a session, a project and a contact's record: in a header or in the body."""
    plant(quick_server)
    client, project = quick_server.client, "qzrproject18name"
    client.post("/v2/projects", json={"id": "web", "name": project}).raise_for_status()
    assert found_on_disk(quick_server.folder, [project[3:-1]])
    session = quick_server.session(PLANTED["renamed"])["_id"]
    for path in (f"/v2/sessions/{session}", "/v2/projects/web?erase=true"):
        assert "removed-from-disk-by" in client.delete(path).raise_for_status().headers
    answer = client.delete(f"/v2/contacts/{PLANTED['contact']}").raise_for_status().json()
    assert answer["removed_from_disk_by"]
    wait_until_removed(quick_server)
    # Overrides of other sessions may still name the contact; they were not erased.
    assert set(on_disk(quick_server)) <= {"removed contact"}
    assert not found_on_disk(quick_server.folder, [project[3:-1]])


def plant(server: Server) -> None:
    """Write every planted text where its name says, and a session of another contact."""
    first = PLANTED["first session"]
    for request in (
        trace(1, first, PLANTED["superseded prompt"], end_ms=1),
        trace(1, PLANTED["session"], PLANTED["prompt"], end_ms=2),
        trace(2, "other", "words of bob", contact="bob"),
    ):
        server.post(request, content_type=JSON)
    server.post(record(1, PLANTED["record"]), path="/v1/logs", content_type=JSON)
    client = server.client
    for email in (PLANTED["old email"], PLANTED["email"]):
        body = {"external_id": PLANTED["contact"], "email": email}
        body["display_name"] = PLANTED["display name"]
        client.post("/v2/contacts", json=body).raise_for_status()
    other = [PLANTED["removed contact"], "bob"]
    for contacts in (other, ["bob"]):
        client.patch("/v2/sessions/other", json={"contact_ids": contacts}).raise_for_status()
    path = f"/v2/sessions/{PLANTED['session']}"
    client.post(f"{path}/shares").raise_for_status()
    score = {"session_id": PLANTED["session"], "name": "quality", "value": 1}
    client.post("/v2/scores", json=score | {"comment": PLANTED["comment"]}).raise_for_status()
    score = {"session_id": "other", "name": "quality", "value": 1, "id": "one"}
    client.post("/v2/scores", json=score | {"comment": PLANTED["deleted score"]})
    client.delete("/v2/scores/one").raise_for_status()
    change = {"external_id": PLANTED["renamed"], "title": PLANTED["title"]}
    client.patch(path, json=change | {"tags": [PLANTED["tag"]]}).raise_for_status()
    eventually(lambda: server.get("/v2/stats")["is_search_caught_up"])


def trace(
    number: int, session: str, prompt: str, *, end_ms: int = 1, contact: str = PLANTED["contact"]
) -> bytes:
    """A trace of one call; the copy of a number that ends last wins."""
    messages = [{"role": "user", "parts": [{"type": "text", "content": prompt}]}]
    attributes = {
        "session.id": session,
        "user.id": contact,
        "gen_ai.operation.name": "chat",
        "gen_ai.input.messages": json.dumps(messages),
    }
    if contact == PLANTED["contact"]:
        attributes["langfuse.trace.metadata.note"] = PLANTED["metadata"]
        attributes["langfuse.trace.name"] = PLANTED["trace name"]
        attributes["sessionary.project"] = "web"
    span = {
        "traceId": f"{number:032x}",
        "spanId": f"{number:016x}",
        "name": "chat",
        "startTimeUnixNano": str(AT_NS),
        "endTimeUnixNano": str(AT_NS + end_ms * 1_000_000),
        "attributes": _pairs(attributes),
    }
    scope = {"scopeSpans": [{"scope": {"name": "app"}, "spans": [span]}]}
    return json.dumps({"resourceSpans": [scope]}).encode()


def record(number: int, text: str) -> bytes:
    """A log record of a trace."""
    found = {
        "traceId": f"{number:032x}",
        "timeUnixNano": str(AT_NS),
        "eventName": "gen_ai.user.message",
        "body": {"stringValue": text},
    }
    scope = {"scopeLogs": [{"scope": {"name": "app"}, "logRecords": [found]}]}
    return json.dumps({"resourceLogs": [scope]}).encode()


def _pairs(attributes: Mapping[str, str]) -> list[Json]:
    return [{"key": key, "value": {"stringValue": text}} for key, text in attributes.items()]


def on_disk(server: Server) -> dict[str, list[str]]:
    """The files of the folder that contain a planted text, by its name."""
    found: dict[str, list[str]] = {}
    for file, texts in found_on_disk(server.folder, SEARCHED).items():
        for text in texts:
            found.setdefault(SEARCHED[text], []).append(file)
    return found


def wait_until_removed(server: Server) -> None:
    """Wait until the server reports that no deleted data is left on disk."""
    eventually(
        lambda: "erasures_pending_since" not in server.get("/v2/stats"),
        seconds=WAIT_SECONDS,
        interval=0.2,
        details=server.output,
    )
