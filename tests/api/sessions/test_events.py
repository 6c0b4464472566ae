"""Server-sent events of sessions: what a listener hears, over real HTTP."""

import asyncio
import json
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import httpx
import pytest

from sessionary.api.sessions.events import stream
from sessionary.model.event import EventKind, SessionEvent, coalesce
from sessionary.model.span_kind import LLM
from sessionary.services.events import Feed
from tests.support.generators import START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

EVENTS = "/v2/sessions/events"
# Events of so many bytes as neither the buffers of a connection nor a small feed hold.
ROUNDS, SESSIONS, NAME = 20, 100, "🦊" * 500
CREATED, CHANGED, DELETED, RESET = (kind.value for kind in EventKind)


@dataclass(slots=True)
class Heard:
    """One event as an EventSource has it; only the id where there is no event."""

    id: str = ""
    event: str = ""
    data: Json = field(default_factory=dict)


class Listener:
    """A connection that reads events one by one; it fails after ten silent seconds."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.iter_lines()

    def hear(self) -> Heard:
        """The next block, comments left out."""
        heard = Heard()
        for line in self._lines:
            name, _, value = line.partition(": ")
            if name in {"id", "event"}:
                setattr(heard, name, value)
            elif name == "data":
                heard.data = json.loads(value)
            elif not line:
                return heard
        raise EOFError

    def hear_of(self, *names: str) -> list[tuple[str, str]]:
        """The next events of these sessions, as many as names: (event, external id)."""
        found: list[tuple[str, str]] = []
        while len(found) < len(names):
            heard = self.hear()
            if heard.data.get("external_id") in names:
                found.append((heard.event, heard.data["external_id"]))
        return found


@contextmanager
def listening(server: Server, after: str = "", *, by_query: bool = False) -> Iterator[Listener]:
    """A listener that is connected: what happens from now on is heard."""
    headers = {"last-event-id": after} if after and not by_query else {}
    params = {"lastEventId": after} if by_query else {}
    with server.client.stream("GET", EVENTS, headers=headers, params=params, timeout=10) as got:
        assert got.status_code == 200
        assert got.headers["content-type"].startswith("text/event-stream")
        listener = Listener(got)
        if not after:
            assert listener.hear().id
        yield listener


def own_name() -> str:
    return f"listened {secrets.token_hex(8)}"


def spans(*names: str, trace: str = "") -> bytes:
    """A call in a new trace (or the named one) for each session."""
    call = RefSpan("", "1" * 16, name="chat", kind=LLM, scope="app", request_model="made-up")
    call = replace(call, start_ns=START_NS, end_ns=START_NS + 1)
    return export_request(
        replace(call, trace_id=trace or secrets.token_hex(16), session_id=name) for name in names
    )


def test_what_spans_make_of_sessions_is_heard(server: Server) -> None:
    """Created by the first, changed by the next; the session is there when it is told of."""
    name = own_name()
    with listening(server) as listener:
        server.post(spans(name))
        created = listener.hear()
        stored = server.get(f"/v2/sessions/{name}")
        same = ("_id", "external_id", "updated_at")
        assert created.event == CREATED
        assert created.data == {key: stored[key] for key in same}
        server.post(spans(name))
        changed = listener.hear()
        assert (changed.event, changed.data["external_id"]) == (CHANGED, name)
        assert changed.data["updated_at"] > created.data["updated_at"]
        assert int(changed.id) > int(created.id)


def test_many_spans_of_a_session_in_one_body_are_one_event(server: Server) -> None:
    """However many traces; each session once."""
    names = [own_name(), own_name()]
    with listening(server) as listener:
        server.post(spans(*(names * 20)))
        assert sorted(listener.hear_of(*names)) == sorted((CREATED, name) for name in names)
        server.post(spans(names[0]))
        assert listener.hear_of(names[0]) == [(CHANGED, names[0])]


def test_a_trace_that_changes_its_session_is_heard_of_in_both(server: Server) -> None:
    """The session that it leaves, empty, is deleted; the one it comes to is created."""
    old, new, trace = own_name(), own_name(), secrets.token_hex(16)
    server.post(spans(old, trace=trace))
    with listening(server) as listener:
        earlier = RefSpan(trace, "2" * 16, name="root", start_ns=START_NS - 9, end_ns=START_NS + 9)
        server.post(export_request([replace(earlier, session_id=new)]))
        assert sorted(listener.hear_of(old, new)) == sorted([(DELETED, old), (CREATED, new)])


def test_what_calls_write_of_sessions_is_heard(server: Server) -> None:
    """Created, changed, renamed under its own `_id`, deleted."""
    name, renamed = own_name(), own_name()
    with listening(server) as listener:
        made = server.client.post("/v2/sessions", json={"external_id": name}).json()
        path = f"/v2/sessions/{made['_id']}"
        assert listener.hear().event == CREATED
        server.client.patch(path, json={"tags": ["vip"]})
        assert listener.hear().event == CHANGED
        server.client.patch(path, json={"external_id": renamed})
        assert listener.hear().data["external_id"] == renamed
        server.client.delete(path)
        deleted = listener.hear()
    assert (deleted.event, deleted.data) == (DELETED, {"_id": made["_id"], "external_id": renamed})


@pytest.mark.parametrize("keep", ["true", "false"])
def test_a_deleted_session_is_heard_of_once(server: Server, keep: str) -> None:
    """Whether or not its traces stay."""
    name, other = own_name(), own_name()
    server.post(spans(name))
    with listening(server) as listener:
        path = f"/v2/sessions/{name}"
        server.client.delete(path, params={"keep_traces": keep})
        server.post(spans(other))
        heard = [
            (each.event, each.data["external_id"]) for each in (listener.hear(), listener.hear())
        ]
    assert heard == [(DELETED, name), (CREATED, other)]


def test_what_is_refused_is_not_heard(server: Server) -> None:
    """A conflict changes nothing, so that nothing is told."""
    name, other = own_name(), own_name()
    server.post(spans(name))
    with listening(server) as listener:
        assert server.client.post("/v2/sessions", json={"external_id": name}).status_code == 409
        server.post(spans(other))
        assert listener.hear().data["external_id"] == other


@pytest.mark.parametrize("by_query", [False, True])
def test_a_listener_resumes_where_it_was(server: Server, by_query: bool) -> None:
    """It hears all that it missed, in order and once."""
    names = [own_name() for _ in range(4)]
    with listening(server) as listener:
        server.post(spans(names[0]))
        last = listener.hear().id
    for name in names[1:]:
        server.post(spans(name))
    with listening(server, last, by_query=by_query) as listener:
        assert listener.hear() == Heard()
        heard = [listener.hear() for _ in names[1:]]
    assert [each.data["external_id"] for each in heard] == names[1:]
    assert [int(each.id) for each in heard] == sorted({int(each.id) for each in heard})


def test_every_listener_hears_everything(server: Server) -> None:
    """One does not take events away from another."""
    name = own_name()
    with listening(server) as one, listening(server) as another:
        server.post(spans(name))
        assert one.hear() == another.hear()


def test_after_a_restart_a_listener_has_to_reload(fresh_server: Server) -> None:
    """What happened meanwhile is not known; ids go on all the same."""
    with listening(fresh_server) as listener:
        fresh_server.post(spans(own_name()))
        last = listener.hear().id
    fresh_server.restart()
    with listening(fresh_server, last) as listener:
        reset = listener.hear()
        assert (reset.event, reset.data) == (RESET, {})
        fresh_server.post(spans(own_name()))
        created = listener.hear()
    assert int(last) < int(reset.id) < int(created.id)


@pytest.mark.parametrize("id", ["0", "1" * 15, "9" * 18])
def test_an_id_that_is_not_kept_is_answered_with_a_reset(server: Server, id: str) -> None:
    """Too old, or never given."""
    with listening(server, id) as listener:
        assert listener.hear().event == RESET


@pytest.mark.parametrize("id", ["x", "-1", "1.5"])
def test_an_id_that_is_no_number_is_400(server: Server, id: str) -> None:
    """In the shape of every 400."""
    response = server.client.get(EVENTS, params={"lastEventId": id})
    assert response.status_code == 400
    assert response.json()["errors"][0]["path"] == "lastEventId"


def test_a_rebuild_tells_listeners_to_reload(fresh_server: Server) -> None:
    """Every session may be another."""
    fresh_server.post(spans(own_name()))
    with listening(fresh_server) as listener:
        fresh_server.client.post("/v2/sessions/rebuild")
        assert listener.hear().event == RESET


def test_a_stopping_server_ends_its_listeners(fresh_server: Server) -> None:
    """It does not wait for them, nor do they end in an error."""
    with listening(fresh_server) as listener:
        fresh_server.terminate()
        with pytest.raises(EOFError):
            listener.hear()
    assert "Cancel" not in fresh_server.output()


def test_a_listener_that_does_not_read_holds_nobody_up(tmp_path: Path) -> None:
    """Ingest and other listeners go on; what it missed is more than is kept, so that it ends."""
    names = [f"{number} {NAME}" for number in range(SESSIONS)]
    kept = {"SESSIONARY_KEPT_EVENTS": str(SESSIONS)}
    with Server(tmp_path / "data", settings=kept) as server, socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.settimeout(10)
        slow.connect(("127.0.0.1", server.port))
        slow.sendall(f"GET {EVENTS} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        slow.recv(100)
        with listening(server) as quick:
            for _ in range(ROUNDS):
                server.post(spans(*names))
                quick.hear_of(*names)
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        heard = _read_until_it_ends(slow)
    assert heard.endswith(b"0\r\n\r\n")
    assert heard.count(b"event: session.") < ROUNDS * SESSIONS


def _read_until_it_ends(connection: socket.socket) -> bytes:
    """All up to the end of the body."""
    chunks = [connection.recv(1 << 16)]
    while chunks[-1] and not b"".join(chunks[-2:]).endswith(b"\r\n0\r\n\r\n"):
        chunks.append(connection.recv(1 << 16))
    return b"".join(chunks)


# The feed itself.


def event(
    kind: EventKind, name: str, workspace_id: str = "w", project_id: str = ""
) -> SessionEvent:
    return SessionEvent(kind, workspace_id, name, name, project_id=project_id)


def test_a_feed_keeps_the_last_events_and_ids_only_rise() -> None:
    """From an id that is kept all later ones are read; from an older one nothing is."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=3)
        start = feed.listen()
        feed.publish([event(EventKind.CREATED, name) for name in "abc"])
        place, first = feed.after(start, "w") or (0, [])
        assert [each.event.external_id for each in first] == ["a", "b", "c"]
        assert place == first[-1].id == feed.listen()
        feed.publish([event(EventKind.CREATED, "d")])
        assert feed.after(start, "w") is None
        assert [
            each.event.external_id for each in (feed.after(first[0].id, "w") or (0, []))[1]
        ] == [
            "b",
            "c",
            "d",
        ]
        assert feed.after(feed.listen() + 1, "w") is None

    asyncio.run(run())


def test_a_workspace_hears_only_of_its_own() -> None:
    """Nor does what others do hide from it that it is up to date."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=9)
        start = feed.listen()
        feed.publish([event(EventKind.CREATED, "theirs", "v"), event(EventKind.CREATED, "own")])
        feed.publish([event(EventKind.CREATED, "theirs", "v")])
        place, events = feed.after(start, "w") or (0, [])
        assert [each.event.external_id for each in events] == ["own"]
        assert place == feed.listen()

    asyncio.run(run())


def test_a_project_hears_only_of_its_own() -> None:
    """And of what may be about anything."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=9)
        start = feed.listen()
        feed.publish([event(EventKind.CREATED, name, "w", name) for name in ("blue", "red", "")])
        feed.publish([event(EventKind.RESET, "")])
        _, events = feed.after(start, "w", "blue") or (0, [])
        assert [each.event.kind for each in events] == [EventKind.CREATED, EventKind.RESET]

    asyncio.run(run())


def test_silence_is_broken_by_heartbeats_that_carry_the_id() -> None:
    """Also while others are told of much."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=9)
        told = stream(feed, "w", may_listen=always, heartbeat_seconds=0.01)
        assert await anext(told) == f"id: {feed.listen()}\n\n"
        feed.publish([event(EventKind.CREATED, "theirs", "v")])
        assert await anext(told) == f"id: {feed.listen()}\n: still here\n\n"
        feed.close()
        assert [text async for text in told] == []

    asyncio.run(run())


async def always() -> bool:
    return True


def test_who_may_listen_no_more_hears_no_more() -> None:
    """At the latest a heartbeat later, also where there is never silence."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=99)
        may = asyncio.Event()
        may.set()

        async def may_listen() -> bool:
            return may.is_set()

        told = stream(feed, "w", may_listen=may_listen, heartbeat_seconds=0.05)
        await anext(told)
        heard = 0
        async for _ in told:
            heard += 1
            feed.publish([event(EventKind.CHANGED, "own")])
            if heard == 3:
                may.clear()
        assert heard >= 3

    asyncio.run(asyncio.wait_for(run(), 10))


def test_events_of_one_write_come_to_one() -> None:
    """What someone who saw nothing of it has to know."""
    created, changed, deleted, _ = EventKind
    for kinds, batches_by_span_count in (
        ((created, changed), created),
        ((changed, changed), changed),
        ((changed, deleted), deleted),
        ((deleted, created), changed),
    ):
        assert [each.kind for each in coalesce(event(kind, "a") for kind in kinds)] == [
            batches_by_span_count
        ]
