"""Requests of one caller leave connections and slots for others and health checks."""

import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator

import grpc
import httpx
import pytest

from tests.api.http.test_connections import (
    DESCRIPTORS,
    EXPORT,
    OpenConnections,
    assert_healthy,
    export,
    grpc_port,
    new_grpc_port,
)
from tests.support.keys import ADMIN_KEY, bearer, guarded_server, new_key
from tests.support.server import Server
from tests.support.waiting import eventually

CLIENTS = 340


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that requires a key and may open 1,024 files."""
    folder = tmp_path_factory.mktemp("limited") / "data"
    options = ("--grpc-port", str(new_grpc_port()))
    with guarded_server(folder, options=options, descriptors=DESCRIPTORS) as running:
        yield running


def test_wrong_share_links_leave_health_checks_alone(limited: Server) -> None:
    """2,700 guesses on 340 connections from one address: only a few wait at a time."""
    guess = b"GET /v2/shared/guess HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for _ in range(70):
        limited.client.get("/v2/shared/guess")
    with OpenConnections(limited.port, CLIENTS, guess * 8) as guesses:
        assert_healthy(limited)
        statuses = Counter(start_of(connection) for connection in guesses.sockets)
    assert statuses["HTTP/1.1 429"] > 0
    assert set(statuses) <= {"HTTP/1.1 404", "HTTP/1.1 429", "HTTP/1.1 503", ""}


def test_event_streams_of_one_key_leave_connections_to_others(limited: Server) -> None:
    """Streams over its share are 429 until others end."""
    key = new_key(limited, "read")["key"]
    head = f"GET /v2/sessions/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
    with OpenConnections(limited.port, CLIENTS, f"{head}\r\n".encode()) as streams:
        starts = Counter(start_of(stream) for stream in streams.sockets)
        assert 10 < starts["HTTP/1.1 200"] < 100
        assert starts["HTTP/1.1 429"] > 100
        assert_healthy(limited)
        other = bearer(new_key(limited, "read")["key"])
        with httpx.stream("GET", f"{limited.url}/v2/sessions/events", headers=other) as response:
            assert response.status_code == 200

    def is_accepted() -> bool:
        mine = bearer(key)
        with httpx.stream("GET", f"{limited.url}/v2/sessions/events", headers=mine) as response:
            return response.status_code == 200

    eventually(is_accepted, seconds=20, interval=0.1)


def test_unfinished_bodies_of_one_key_leave_memory_to_others(limited: Server) -> None:
    """Bodies of other keys are read while two of 30 MB are unfinished."""
    key = new_key(limited, "ingest")["key"]
    size = 30 * 1024 * 1024
    head = (
        f"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/x-protobuf\r\nContent-Length: {size}\r\n\r\n"
    )
    with OpenConnections(limited.port, 2, head.encode()) as bodies:
        for connection in bodies.sockets:
            connection.settimeout(5)
            try:
                connection.sendall(bytes(size - 1))
            except OSError:
                continue
        assert_healthy(limited)
        large = limited.client.post(
            "/v1/traces",
            content=b"\x0a\x00" * (size // 2),
            headers=bearer(new_key(limited, "ingest")["key"])
            | {"content-type": "application/x-protobuf"},
        )
        assert large.status_code == 200


def test_grpc_calls_without_a_message_delay_only_their_own_key(limited: Server) -> None:
    """They occupy at most half of the slots for reading messages."""
    key = new_key(limited, "ingest")["key"]
    with grpc.insecure_channel(f"127.0.0.1:{grpc_port(limited)}") as channel:
        started, endless = threading.Semaphore(0), threading.Event()

        def no_message() -> Iterator[bytes]:
            started.release()
            endless.wait(30)
            yield from ()

        metadata = [("authorization", f"Bearer {key}")]
        calls = [
            channel.stream_unary(EXPORT).future(no_message(), metadata=metadata) for _ in range(20)
        ]
        assert all(started.acquire(timeout=10) for _ in calls)
        export(limited)
        endless.set()
        for call in calls:
            assert call.exception() is not None


def test_clients_that_leave_a_pipeline_cause_no_errors(limited: Server) -> None:
    """Each request of the pipeline ends with its client, without a traceback."""
    head = f"Host: localhost\r\nAuthorization: Bearer {ADMIN_KEY}\r\nContent-Type: application/json"
    requests = (
        f"GET /v2/sessions HTTP/1.1\r\n{head}\r\n\r\n",
        f"POST /v2/sessions/query HTTP/1.1\r\n{head}\r\nContent-Length: 2\r\n\r\n{{}}",
        f"POST /v2/sessions HTTP/1.1\r\n{head}\r\nContent-Length: 10\r\n\r\n{{",
    )
    for request in requests:
        for pause in (0, 0.01, 0.1):
            with socket.create_connection(("127.0.0.1", limited.port)) as connection:
                connection.sendall(request.encode() * 12)
                time.sleep(pause)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert_healthy(limited)
    assert "Traceback" not in limited.output()


def start_of(connection: socket.socket) -> str:
    try:
        return connection.recv(12).decode()
    except OSError:
        return ""
