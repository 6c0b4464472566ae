"""Server-sent events of sessions, over real HTTP."""

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
# More bytes of events than the buffers of a connection and a small feed hold.
ROUNDS, SESSIONS, NAME = 20, 100, "🦊" * 500
CREATED, CHANGED, DELETED, RESET = (kind.value for kind in EventKind)


@dataclass(slots=True)
class ReceivedEvent:
    """One event as an EventSource receives it; only an id for a comment block."""

    id: str = ""
    event: str = ""
    data: Json = field(default_factory=dict)


class Subscriber:
    """A connection that reads events one by one, with a timeout of ten seconds."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.iter_lines()

    def next_event(self) -> ReceivedEvent:
        """The next block, without comments."""
        received = ReceivedEvent()
        for line in self._lines:
            name, _, value = line.partition(": ")
            if name in {"id", "event"}:
                setattr(received, name, value)
            elif name == "data":
                received.data = json.loads(value)
            elif not line:
                return received
        raise EOFError

    def next_events_of(self, *names: str) -> list[tuple[str, str]]:
        """The next events of these sessions, one per name: (event, external id)."""
        found: list[tuple[str, str]] = []
        while len(found) < len(names):
            received = self.next_event()
            if received.data.get("external_id") in names:
                found.append((received.event, received.data["external_id"]))
        return found


@contextmanager
def subscribed(server: Server, after: str = "", *, by_query: bool = False) -> Iterator[Subscriber]:
    """A connected subscriber; it receives all later events."""
    headers = {"last-event-id": after} if after and not by_query else {}
    params = {"lastEventId": after} if by_query else {}
    with server.client.stream("GET", EVENTS, headers=headers, params=params, timeout=10) as got:
        assert got.status_code == 200
        assert got.headers["content-type"].startswith("text/event-stream")
        subscriber = Subscriber(got)
        if not after:
            assert subscriber.next_event().id
        yield subscriber


def own_name() -> str:
    return f"listened {secrets.token_hex(8)}"


def spans(*names: str, trace: str = "") -> bytes:
    """A call in a new trace (or the named one) for each session."""
    call = RefSpan("", "1" * 16, name="chat", kind=LLM, scope="app", request_model="made-up")
    call = replace(call, start_ns=START_NS, end_ns=START_NS + 1)
    return export_request(
        replace(call, trace_id=trace or secrets.token_hex(16), session_id=name) for name in names
    )


def test_spans_cause_events_of_their_session(server: Server) -> None:
    """Created, then changed; the session exists when its event arrives."""
    name = own_name()
    with subscribed(server) as subscriber:
        server.post(spans(name))
        created = subscriber.next_event()
        stored = server.get(f"/v2/sessions/{name}")
        same = ("_id", "external_id", "updated_at")
        assert created.event == CREATED
        assert created.data == {key: stored[key] for key in same}
        server.post(spans(name))
        changed = subscriber.next_event()
        assert (changed.event, changed.data["external_id"]) == (CHANGED, name)
        assert changed.data["updated_at"] > created.data["updated_at"]
        assert int(changed.id) > int(created.id)


def test_request_causes_one_event_per_session(server: Server) -> None:
    """With any number of spans and traces."""
    names = [own_name(), own_name()]
    with subscribed(server) as subscriber:
        server.post(spans(*(names * 20)))
        assert sorted(subscriber.next_events_of(*names)) == sorted(
            (CREATED, name) for name in names
        )
        server.post(spans(names[0]))
        assert subscriber.next_events_of(names[0]) == [(CHANGED, names[0])]


def test_moved_trace_causes_events_of_both_sessions(server: Server) -> None:
    """The emptied session is deleted; the other is created."""
    old, new, trace = own_name(), own_name(), secrets.token_hex(16)
    server.post(spans(old, trace=trace))
    with subscribed(server) as subscriber:
        earlier = RefSpan(trace, "2" * 16, name="root", start_ns=START_NS - 9, end_ns=START_NS + 9)
        server.post(export_request([replace(earlier, session_id=new)]))
        assert sorted(subscriber.next_events_of(old, new)) == sorted(
            [(DELETED, old), (CREATED, new)]
        )


def test_writes_cause_events(server: Server) -> None:
    """Created, changed, renamed with the same `_id`, deleted."""
    name, renamed = own_name(), own_name()
    with subscribed(server) as subscriber:
        made = server.client.post("/v2/sessions", json={"external_id": name}).json()
        path = f"/v2/sessions/{made['_id']}"
        assert subscriber.next_event().event == CREATED
        server.client.patch(path, json={"tags": ["vip"]})
        assert subscriber.next_event().event == CHANGED
        server.client.patch(path, json={"external_id": renamed})
        assert subscriber.next_event().data["external_id"] == renamed
        server.client.delete(path)
        deleted = subscriber.next_event()
    assert (deleted.event, deleted.data) == (DELETED, {"_id": made["_id"], "external_id": renamed})


@pytest.mark.parametrize("keep", ["true", "false"])
def test_deletion_causes_one_event(server: Server, keep: str) -> None:
    """With or without its traces."""
    name, other = own_name(), own_name()
    server.post(spans(name))
    with subscribed(server) as subscriber:
        path = f"/v2/sessions/{name}"
        server.client.delete(path, params={"keep_traces": keep})
        server.post(spans(other))
        received = [
            (each.event, each.data["external_id"])
            for each in (subscriber.next_event(), subscriber.next_event())
        ]
    assert received == [(DELETED, name), (CREATED, other)]


def test_refused_writes_cause_no_events(server: Server) -> None:
    """A conflict changes nothing."""
    name, other = own_name(), own_name()
    server.post(spans(name))
    with subscribed(server) as subscriber:
        assert server.client.post("/v2/sessions", json={"external_id": name}).status_code == 409
        server.post(spans(other))
        assert subscriber.next_event().data["external_id"] == other


@pytest.mark.parametrize("by_query", [False, True])
def test_subscriber_resumes_after_the_last_event_id(server: Server, by_query: bool) -> None:
    """It receives all missed events once, in order."""
    names = [own_name() for _ in range(4)]
    with subscribed(server) as subscriber:
        server.post(spans(names[0]))
        last = subscriber.next_event().id
    for name in names[1:]:
        server.post(spans(name))
    with subscribed(server, last, by_query=by_query) as subscriber:
        assert subscriber.next_event() == ReceivedEvent()
        received = [subscriber.next_event() for _ in names[1:]]
    assert [each.data["external_id"] for each in received] == names[1:]
    assert [int(each.id) for each in received] == sorted({int(each.id) for each in received})


def test_every_subscriber_receives_all_events(server: Server) -> None:
    """Subscribers do not consume each other's events."""
    name = own_name()
    with subscribed(server) as one, subscribed(server) as another:
        server.post(spans(name))
        assert one.next_event() == another.next_event()


def test_subscriber_is_reset_after_a_restart(fresh_server: Server) -> None:
    """Events in between are unknown; ids continue to rise."""
    with subscribed(fresh_server) as subscriber:
        fresh_server.post(spans(own_name()))
        last = subscriber.next_event().id
    fresh_server.restart()
    with subscribed(fresh_server, last) as subscriber:
        reset = subscriber.next_event()
        assert (reset.event, reset.data) == (RESET, {})
        fresh_server.post(spans(own_name()))
        created = subscriber.next_event()
    assert int(last) < int(reset.id) < int(created.id)


@pytest.mark.parametrize("id", ["0", "1" * 15, "9" * 18])
def test_unknown_event_id_causes_a_reset(server: Server, id: str) -> None:
    """An expired id, or one that never existed."""
    with subscribed(server, id) as subscriber:
        assert subscriber.next_event().event == RESET


@pytest.mark.parametrize("id", ["x", "-1", "1.5"])
def test_invalid_event_id_is_400(server: Server, id: str) -> None:
    """With the body of every 400."""
    response = server.client.get(EVENTS, params={"lastEventId": id})
    assert response.status_code == 400
    assert response.json()["errors"][0]["path"] == "lastEventId"


def test_rebuild_resets_subscribers(fresh_server: Server) -> None:
    """Every session may have changed."""
    fresh_server.post(spans(own_name()))
    with subscribed(fresh_server) as subscriber:
        fresh_server.client.post("/v2/sessions/rebuild")
        assert subscriber.next_event().event == RESET


def test_shutdown_closes_streams(fresh_server: Server) -> None:
    """At once, and without an error."""
    with subscribed(fresh_server) as subscriber:
        fresh_server.terminate()
        with pytest.raises(EOFError):
            subscriber.next_event()
    assert "Cancel" not in fresh_server.output()


def test_subscriber_that_does_not_read_does_not_block_others(tmp_path: Path) -> None:
    """Ingest and other subscribers continue; its stream ends as its events expired."""
    names = [f"{number} {NAME}" for number in range(SESSIONS)]
    kept = {"SESSIONARY_KEPT_EVENTS": str(SESSIONS)}
    with Server(tmp_path / "data", settings=kept) as server, socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.settimeout(10)
        slow.connect(("127.0.0.1", server.port))
        slow.sendall(f"GET {EVENTS} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        slow.recv(100)
        with subscribed(server) as quick:
            for _ in range(ROUNDS):
                server.post(spans(*names))
                quick.next_events_of(*names)
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        received = _read_until_it_ends(slow)
    assert received.endswith(b"0\r\n\r\n")
    assert received.count(b"event: session.") < ROUNDS * SESSIONS


def _read_until_it_ends(connection: socket.socket) -> bytes:
    """The rest of the body."""
    chunks = [connection.recv(1 << 16)]
    while chunks[-1] and not b"".join(chunks[-2:]).endswith(b"\r\n0\r\n\r\n"):
        chunks.append(connection.recv(1 << 16))
    return b"".join(chunks)


# The feed itself.


def event(
    kind: EventKind, name: str, workspace_id: str = "w", project_id: str = ""
) -> SessionEvent:
    return SessionEvent(kind, workspace_id, name, name, project_id=project_id)


def test_feed_keeps_recent_events_with_rising_ids() -> None:
    """A known id yields all later events; an expired id yields none."""

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


def test_stream_contains_only_events_of_its_workspace() -> None:
    """Its last id advances with events of other workspaces."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=9)
        start = feed.listen()
        feed.publish([event(EventKind.CREATED, "theirs", "v"), event(EventKind.CREATED, "own")])
        feed.publish([event(EventKind.CREATED, "theirs", "v")])
        place, events = feed.after(start, "w") or (0, [])
        assert [each.event.external_id for each in events] == ["own"]
        assert place == feed.listen()

    asyncio.run(run())


def test_stream_contains_only_events_of_its_project() -> None:
    """And resets."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=9)
        start = feed.listen()
        feed.publish([event(EventKind.CREATED, name, "w", name) for name in ("blue", "red", "")])
        feed.publish([event(EventKind.RESET, "")])
        _, events = feed.after(start, "w", "blue") or (0, [])
        assert [each.event.kind for each in events] == [EventKind.CREATED, EventKind.RESET]

    asyncio.run(run())


def test_heartbeats_contain_the_last_id() -> None:
    """Also while other workspaces have many events."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=9)
        events = stream(feed, "w", may_listen=always, heartbeat_seconds=0.01)
        assert await anext(events) == f"id: {feed.listen()}\n\n"
        feed.publish([event(EventKind.CREATED, "theirs", "v")])
        assert await anext(events) == f"id: {feed.listen()}\n: still here\n\n"
        feed.close()
        assert [text async for text in events] == []

    asyncio.run(run())


async def always() -> bool:
    return True


def test_stream_ends_when_key_is_revoked() -> None:
    """Within a heartbeat, even if events never pause."""

    async def run() -> None:
        feed = Feed(asyncio.get_running_loop(), kept=99)
        may = asyncio.Event()
        may.set()

        async def may_listen() -> bool:
            return may.is_set()

        events = stream(feed, "w", may_listen=may_listen, heartbeat_seconds=0.05)
        await anext(events)
        received = 0
        async for _ in events:
            received += 1
            feed.publish([event(EventKind.CHANGED, "own")])
            if received == 3:
                may.clear()
        assert received >= 3

    asyncio.run(asyncio.wait_for(run(), 10))


def test_events_of_one_write_are_merged() -> None:
    """Into the net change of each session."""
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
