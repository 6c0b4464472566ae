"""Bounds on requests before they reach a route: head, target, pace."""

import socket
import time
from collections.abc import Iterator
from itertools import repeat

import pytest

from tests.support.server import Server

HEAD_SECONDS = 10
FILLING = b"a" * 10_000
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = b"POST /healthz HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"

ENDLESS = {
    "a header": (GET + b"X-A: ", FILLING),
    "a header's name": (GET + b"X", FILLING),
    "headers": (GET, b"X-A: b\r\n"),
    "a target": (b"GET /", FILLING),
    "trailers": (CHUNKED + b"0\r\n", b"X-A: b\r\n"),
    "a trailer": (CHUNKED + b"0\r\nX-A: ", FILLING),
    "a chunk's extension": (CHUNKED + b"5;x=", FILLING),
}


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=30)


def received(connection: socket.socket) -> bytes:
    """Everything that the server sends until it closes the connection."""
    content = b""
    try:
        while part := connection.recv(65536):
            content += part
    except OSError:
        pass
    return content


@pytest.mark.parametrize(("start", "rest"), ENDLESS.values(), ids=ENDLESS)
def test_endless_head_or_trailer_is_refused(server: Server, start: bytes, rest: bytes) -> None:
    """With 431 if no response was sent yet, and the connection is closed."""
    with connected(server) as connection:
        connection.sendall(start)
        sent = sends_until_closed(connection, repeat(rest, 10_000_000 // len(rest)))
        assert sent < 9_000_000
    assert server.client.get("/healthz").status_code == 200


@pytest.mark.parametrize("head", [GET + b"X-A: " + b"a" * 70_000, GET + b"X-A: b\r\n" * 300])
def test_large_head_is_431(server: Server, head: bytes) -> None:
    """By size or by the number of headers."""
    with connected(server) as connection:
        connection.sendall(head + b"\r\n\r\n")
        assert received(connection).startswith(b"HTTP/1.1 431 ")


def test_head_of_ordinary_size_is_accepted(server: Server) -> None:
    headers = {f"x-header-{number}": "a" * 300 for number in range(150)}
    assert server.client.get("/healthz", headers=headers).status_code == 200


def test_unfinished_head_is_408(server: Server) -> None:
    """A silent connection is closed without a response; blank lines do not count."""
    with connected(server) as silent, connected(server) as half, connected(server) as blank:
        half.sendall(GET)
        for _ in range(HEAD_SECONDS + 5):
            # The pace of the client.
            time.sleep(1)
            try:
                blank.send(b"\r\n")
            except OSError:
                break
        assert received(half).startswith(b"HTTP/1.1 408 ")
        assert received(silent) == b""
        received(blank)


@pytest.mark.parametrize(
    "line",
    [
        *(f"{method} *" for method in ("GET", "HEAD", "OPTIONS", "POST", "DELETE")),
        *(f"GET {target}" for target in ("http://localhost", "http://localhost/", "healthz", "?a")),
        *(f"GET {target}" for target in ("//", "///", "/%00", "/%2f", "/%ff", "/;", "/..", "/?")),
        "CONNECT localhost:1",
        "CONNECT *",
        "PRI *",
    ],
)
def test_odd_target_is_not_a_server_error(server: Server, line: str) -> None:
    with connected(server) as connection:
        head = f"{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        connection.sendall(head.encode())
        status = received(connection).split(b" ")[1]
    assert status[:1] in (b"2", b"3", b"4"), status


def test_too_many_pipelined_requests_are_refused(server: Server) -> None:
    """A few get their responses in order."""
    with connected(server) as connection:
        connection.sendall((GET + b"\r\n") * 5 + GET + b"Connection: close\r\n\r\n")
        assert received(connection).count(b"HTTP/1.1 200 ") == 6
    with connected(server) as connection:
        connection.sendall((GET + b"\r\n") * 5_000)
        assert received(connection).count(b"HTTP/1.1 200 ") < 100


def sends_until_closed(connection: socket.socket, parts: Iterator[bytes]) -> int:
    """The number of bytes sent before the server closed the connection."""
    sent = 0
    try:
        for part in parts:
            connection.sendall(part)
            sent += len(part)
    except OSError:
        pass
    return sent
