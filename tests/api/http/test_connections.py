"""Idle, slow and numerous connections to a server with few file descriptors."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import grpc
import httpx
import pytest

from tests.support.keys import ADMIN_KEY, bearer, guarded_server
from tests.support.load import body_of
from tests.support.server import PROTOBUF, Server
from tests.support.waiting import eventually, exit_status

DESCRIPTORS = 1024
CONNECTIONS = 1200
CLOSED_SECONDS = 20
END_SECONDS = 10
EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"

HALF_HEAD = b"GET / HTTP/1.1\r\nHost: loc"
SIGN_IN = (
    b"POST /v2/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b"Content-Length: 10000\r\n\r\n{"
)
TRACES = (
    b"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n"
    b"Authorization: Bearer %s\r\nContent-Length: 10000\r\n\r\n\x0a"
) % ADMIN_KEY.encode()


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that requires a key and may open 1,024 files."""
    folder = tmp_path_factory.mktemp("limited") / "data"
    options = ("--grpc-port", str(new_grpc_port()))
    with guarded_server(folder, options=options, descriptors=DESCRIPTORS) as running:
        yield running


class OpenConnections(ExitStack):
    """`count` connections that each sent `content`; the server may close them."""

    def __init__(self, port: int, count: int, content: bytes = b"") -> None:
        super().__init__()
        self.sockets: list[socket.socket] = []
        for _ in range(count):
            connection = self.enter_context(connected(port))
            self.sockets.append(connection)
            with suppress(OSError):
                connection.sendall(content)

    def send(self, content: bytes) -> None:
        """Send more on connections that are still open."""
        for connection in self.sockets:
            with suppress(OSError):
                connection.send(content)


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


@pytest.mark.parametrize(
    "content",
    [b"", HALF_HEAD, SIGN_IN, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ids=["nothing", "half a head", "half a body", "idle after a response"],
)
def test_idle_connections_do_not_block_others(limited: Server, content: bytes) -> None:
    """1,200 without a key; enough descriptors remain for the engine."""
    with OpenConnections(limited.port, CONNECTIONS, content):
        assert_healthy(limited)
        assert descriptors(limited) < DESCRIPTORS - 300
    assert_healthy(limited)


def test_slow_bodies_do_not_block_others(limited: Server) -> None:
    """The slowest connections are closed."""
    with OpenConnections(limited.port, 400, SIGN_IN) as slow:
        for _ in range(3):
            # The pace of the client.
            time.sleep(0.5)
            slow.send(b" ")
            assert_healthy(limited)


def test_idle_grpc_connections_leave_descriptors_to_the_engine(limited: Server) -> None:
    """gRPC has a separate share, and closes idle connections."""
    with OpenConnections(grpc_port(limited), CONNECTIONS):
        assert_healthy(limited)
        assert descriptors(limited) < DESCRIPTORS - 300
    eventually(lambda: descriptors(limited) < 200, seconds=CLOSED_SECONDS)
    export(limited)


def test_sigterm_does_not_wait_for_stalled_requests(tmp_path: Path) -> None:
    """With 350 partial requests, the process exits with 0 and without a traceback."""
    halves = (HALF_HEAD, SIGN_IN, TRACES)
    with guarded_server(tmp_path / "data", descriptors=DESCRIPTORS) as server:
        with ExitStack() as stack:
            for number in range(350):
                connection = stack.enter_context(connected(server.port))
                connection.sendall(halves[number % len(halves)])
            eventually(lambda: descriptors(server) > 300)
            os.kill(server.pid, signal.SIGTERM)
            assert exit_status(server.pid, seconds=END_SECONDS) == 0
        assert "Traceback" not in server.output()
        assert len(server.output()) < 10_000


def assert_healthy(server: Server) -> None:
    """Assert that new connections are served and spans are stored."""
    for path in ("/healthz", "/readyz"):
        assert httpx.get(f"{server.url}{path}", timeout=30).status_code == 200
    key = bearer(ADMIN_KEY) | {"content-type": PROTOBUF}
    content = body_of("well", 5)
    answer = httpx.post(f"{server.url}/v1/traces", content=content, headers=key, timeout=30)
    assert answer.status_code == 200


def export(server: Server) -> None:
    """Store spans over gRPC."""
    with grpc.insecure_channel(f"127.0.0.1:{grpc_port(server)}") as channel:
        call = channel.unary_unary(EXPORT)
        call(body_of("grpc", 5), metadata=[("authorization", f"Bearer {ADMIN_KEY}")], timeout=30)


def new_grpc_port() -> int:
    """A free port for a server to listen on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def grpc_port(server: Server) -> int:
    return int(server.output().partition("gRPC   http://127.0.0.1:")[2].split()[0])


def descriptors(server: Server) -> int:
    return len(os.listdir(f"/proc/{server.pid}/fd"))
