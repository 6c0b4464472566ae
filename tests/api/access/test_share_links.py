"""Share links: what they show of a session without a key, and their expiry."""

from collections.abc import Iterator

import pytest

from tests.ingest.test_fixtures import captured
from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key, span_of
from tests.support.server import Json, Server
from tests.support.waiting import eventually

SESSION, OTHER = "sess-A-001", "sess-B-002"
GONE = {
    "code": "404",
    "message": "this link shows nothing: it was revoked, has expired, or never was",
}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that requires a key, with two captured sessions."""
    with guarded_server(tmp_path_factory.mktemp("shares") / "data") as server:
        for body in captured("openinference_openai"):
            headers = bearer(ADMIN_KEY)
            server.post(
                body.content, path=body.path, content_type=body.content_type, headers=headers
            )
        yield server


def share(server: Server, session: str = SESSION, **wanted: object) -> Json:
    """Create a link; its secret is `token`."""
    path, headers = f"/v2/sessions/{session}/shares", bearer(ADMIN_KEY)
    answer = server.client.post(path, json=wanted, headers=headers)
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


def shown(server: Server, link: Json, part: str = "") -> Json:
    answer = server.client.get(f"/v2/shared/{link['token']}{part}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    found: Json = answer.json()
    return found


def assert_gone(server: Server, token: str) -> None:
    for part in ("", "/traces", "/timeline", "/conversation"):
        answer = server.client.get(f"/v2/shared/{token}{part}")
        assert (answer.status_code, answer.json()) == (404, GONE)
        assert answer.headers["cache-control"] == "no-store"


def test_link_shows_only_its_session(guarded: Server) -> None:
    """With the same figures as for a key; the store contains only a hash of the token."""
    link = share(guarded, with_messages=True)
    assert link["url"] == f"{guarded.url}/shared/{link['token']}"
    owned = guarded.client.get(f"/v2/sessions/{SESSION}", headers=bearer(ADMIN_KEY)).json()
    session = shown(guarded, link)["session"]
    for name in ("_id", "external_id", "billing", "usage", "traces_count", "duration"):
        assert session[name] == owned[name]
    assert not {"contact_ids", "workspace_id", "project_id"} & set(session)
    traces = shown(guarded, link, "/traces?limit=1000")["data"]
    assert len(traces) == owned["traces_count"]
    assert OTHER not in str(traces)
    columns = shown(guarded, link, "/timeline")["traces"]
    assert columns["trace_id"] == [trace["trace_id"] for trace in traces]
    path = f"/v2/sessions/{SESSION}/conversation"
    owned = guarded.client.get(path, headers=bearer(ADMIN_KEY)).json()
    assert shown(guarded, link, "/conversation") == owned
    files = [path for path in guarded.folder.rglob("*") if path.is_file()]
    assert not any(link["token"].encode() in path.read_bytes() for path in files)


def test_link_without_messages_shows_no_text(guarded: Server) -> None:
    """It shows roles, times, usage and tool names; not text, arguments or errors."""
    spoken, silent = share(guarded, with_messages=True), share(guarded)
    full = shown(guarded, spoken, "/conversation")["data"]
    bare = shown(guarded, silent, "/conversation")["data"]
    assert "18C sunny" in str(full)
    assert [turn["role"] for turn in bare] == [turn["role"] for turn in full]
    assert [turn.get("total_cost") for turn in bare] == [turn.get("total_cost") for turn in full]
    parts = [part for turn in bare for part in turn["content"]]
    assert not [part for part in parts if part.get("text") or part.get("value")]
    assert not [part for part in parts if {"arguments", "result", "url", "data"} & set(part)]
    assert "get_weather" in [part.get("name") for part in parts]
    texts = {part["text"] for turn in full for part in turn["content"] if "text" in part}
    everything = str([shown(guarded, silent, part) for part in ("", "/traces", "/conversation")])
    assert texts
    assert not [text for text in (*texts, "Paris", "18C") if text in everything]


def test_revoked_link_is_gone(guarded: Server) -> None:
    """At once; other links of the session work, and the audit log has an entry."""
    kept, revoked = share(guarded), share(guarded)
    path, headers = f"/v2/sessions/{SESSION}/shares", bearer(ADMIN_KEY)
    assert guarded.client.delete(f"{path}/{revoked['id']}", headers=headers).status_code == 204
    assert_gone(guarded, revoked["token"])
    assert shown(guarded, kept)
    listed = guarded.client.get(path, headers=headers).json()["data"]
    assert listed[0] == {name: kept[name] for name in kept if name not in ("token", "url")}
    assert revoked["id"] not in {link["id"] for link in listed}
    assert guarded.client.delete(f"{path}/{revoked['id']}", headers=headers).status_code == 404
    log = guarded.client.get("/v2/audit-log", headers=headers).json()["data"]
    assert (log[0]["action"], log[0]["subject"]) == ("share.revoke", revoked["id"])


def test_link_expires(guarded: Server) -> None:
    """An expiry in the past, too far in the future, or given twice is refused."""
    link = share(guarded, expires_in=1)
    path = f"/v2/shared/{link['token']}"
    eventually(lambda: guarded.client.get(path).status_code != 200)
    assert_gone(guarded, link["token"])
    for wrong in (
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": "2999-01-01T00:00:00Z"},
        {"expires_in": 0},
        {"expires_in": 60, "expires_at": "2999-01-01T00:00:00Z"},
    ):
        path = f"/v2/sessions/{SESSION}/shares"
        answer = guarded.client.post(path, json=wrong, headers=bearer(ADMIN_KEY))
        assert answer.status_code == 400, answer.text


def test_link_persists_over_renames_until_deletion(guarded: Server) -> None:
    """Even if new spans arrive under the name of the deleted session."""
    headers = bearer(ADMIN_KEY)
    guarded.post(span_of("first", number=31), headers=headers)
    link = share(guarded, "first")
    renamed = {"external_id": "second"}
    answer = guarded.client.patch("/v2/sessions/first", json=renamed, headers=headers)
    assert answer.status_code == 200, answer.text
    assert shown(guarded, link)["session"]["external_id"] == "second"
    assert guarded.client.delete("/v2/sessions/second", headers=headers).status_code == 204
    assert_gone(guarded, link["token"])
    guarded.post(span_of("first", number=32), headers=headers)
    assert_gone(guarded, link["token"])


def test_unknown_links_are_gone(guarded: Server) -> None:
    """Any guessed token, also with a slash."""
    assert_gone(guarded, "nothing")
    assert guarded.client.get("/v2/shared/a%2Fb").status_code == 404


def test_project_key_can_share_only_its_own_sessions(guarded: Server) -> None:
    """It can neither create, list nor revoke links of another project's sessions."""
    headers = bearer(ADMIN_KEY)
    guarded.post(span_of("in red", number=41, project="red"), headers=headers)
    link = share(guarded, "in%20red")
    theirs = bearer(new_key(guarded, "write", project_id="blue")["key"])
    path = "/v2/sessions/in%20red/shares"
    assert guarded.client.post(path, json={}, headers=theirs).status_code == 404
    assert guarded.client.get(path, headers=theirs).status_code == 404
    assert guarded.client.delete(f"{path}/{link['id']}", headers=theirs).status_code == 404
    assert shown(guarded, link)
