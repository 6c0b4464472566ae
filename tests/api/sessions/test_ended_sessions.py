"""A session is deleted when its last trace moves; a new one of that name is empty."""

from dataclasses import replace

from tests.support.contacts import chat
from tests.support.errors import refused
from tests.support.generators import export_request
from tests.support.server import Server


def test_share_links_end_when_the_last_trace_moves_away(server: Server) -> None:
    """A later session of the same name has the same `_id` but not the link."""
    span = chat("", "ends", 0x5901)
    server.post(export_request([span]))
    before = server.session("ends")["_id"]
    made = server.client.post("/v2/sessions/ends/shares", json={"with_messages": True}).json()
    link = f"/v2/shared/{made['token']}"
    assert server.client.get(link).status_code == 200
    moved = replace(span, session_id="moved to", end_ns=span.end_ns + 1)
    server.post(export_request([moved]))
    assert not server.has_session("ends")
    refused(server.client.get(link), 404, "link")
    server.post(export_request([chat("", "ends", 0x5902)]))
    assert server.session("ends")["_id"] == before
    refused(server.client.get(link), 404, "link")
    assert server.get("/v2/sessions/ends/shares")["data"] == []


def test_share_links_stay_while_a_trace_remains(server: Server) -> None:
    """Only the move of the last trace deletes a session."""
    leaving = chat("", "stays", 0x5911)
    server.post(export_request([leaving, chat("", "stays", 0x5912)]))
    made = server.client.post("/v2/sessions/stays/shares", json={}).json()
    moved = replace(leaving, session_id="moved to too", end_ns=leaving.end_ns + 1)
    server.post(export_request([moved]))
    shown = server.client.get(f"/v2/shared/{made['token']}").json()
    assert shown["session"]["external_id"] == "stays"


def test_trace_moves_through_sessions_and_back(server: Server) -> None:
    """Each session counts its current traces; sessions without any do not exist."""
    span = chat("", "hop a", 0x5921)
    server.post(export_request([span, chat("", "hop b", 0x5922)]))
    for number, name in enumerate(("hop b", "hop c", "hop a", ""), 1):
        moved = replace(span, session_id=name, end_ns=span.end_ns + number)
        server.post(export_request([moved]))
        found = {key: one for key, one in server.sessions().items() if key.startswith("hop ")}
        expected = {"hop b": 2 if name == "hop b" else 1}
        if name:
            expected.setdefault(name, 1)
        assert {key: one["traces_count"] for key, one in found.items()} == expected
    assert server.verify()["differences"] == []
