"""The clients of the soak: `python -m benchmarks.soak.clients NAME PORT`.

Each is a process of its own, so that its work does not show in another one's latencies.
Those that expect responses print a line for each: when, seconds, status and path.
"""

import contextlib
import gzip
import http.client
import json
import random
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator

import grpc

from benchmarks.payloads import llm_load

KEY = "the-key-of-the-soak-0123456789abcdef"
MIB = 1024 * 1024
LARGE_BYTES = 30 * MIB
TRACES = "/v1/traces"
LIST = "/v2/sessions/query"
READS: tuple[tuple[str, dict[str, object]], ...] = (
    (LIST, {"limit": 1000}),
    (LIST, {"limit": 1000, "sortingProps": [{"key": "billing.total_cost", "direction": "desc"}]}),
    (LIST, {"limit": 200, "search": "order", "searchPaths": ["messages"]}),
    ("/v3/traces/search", {"limit": 100}),
    ("/v2/sessions/totals", {}),
)
_PROBE_PAUSE = 0.01
_TIMEOUT_SECONDS = 30
_GRPC_METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"

_lock = threading.Lock()


def main(name: str, port: int) -> None:
    """Run the client until it is killed, or has sent what it has to send."""
    CLIENTS[name](port)


def probe(port: int) -> None:
    """Ask for liveness and readiness in turn, on a new connection each."""
    while True:
        for path in ("/healthz", "/readyz"):
            _asked(port, "GET", path, b"")
            time.sleep(_PROBE_PAUSE)


def ingest(port: int) -> None:
    """Send spans over four connections."""
    bodies = llm_load(4000, seed="soak", now_ns=time.time_ns()).bodies

    def send(number: int) -> None:
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-protobuf"}
        while True:
            status = _asked(port, "POST", TRACES, bodies[number % len(bodies)], headers)
            number += 4
            if status != 200:
                time.sleep(0.5)

    _in_threads(send, 4)


def read(port: int) -> None:
    """200 clients that read as fast as they can."""

    def ask(number: int) -> None:
        rng = random.Random(number)
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"}
        while True:
            path, body = rng.choice(READS)
            if _asked(port, "POST", path, json.dumps(body).encode(), headers) != 200:
                time.sleep(1)

    _in_threads(ask, 200)


def idle(port: int) -> None:
    """1,200 connections that send nothing, replaced as the server closes them."""
    _hold(port, 1200, lambda _connection: None)


def slow_heads(port: int) -> None:
    """300 heads that arrive a byte at a time, and four that never end."""

    def endless(_number: int) -> None:
        while True:
            with contextlib.suppress(OSError), _connected(port) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nX-A: ")
                while True:
                    connection.sendall(b"a" * 65536)

    for number in range(4):
        threading.Thread(target=endless, args=(number,), daemon=True).start()
    _hold(port, 300, lambda connection: connection.sendall(b"G"), drip=b"E")


def slow_bodies(port: int) -> None:
    """350 bodies that arrive a byte at a time, to routes that need no key and to one that does."""
    heads = [
        b"POST /v2/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 10000\r\n\r\n{",
        b"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-protobuf\r\n"
        b"Authorization: Bearer " + KEY.encode() + b"\r\nContent-Length: 100000\r\n\r\n\x0a",
        b"POST /v2/sessions/query HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n{",
    ]
    _hold(port, 350, lambda connection: connection.sendall(random.choice(heads)), drip=b" ")


def grpc_messages(port: int) -> None:
    """Messages of 30 MB without a key, 40 at a time."""
    message = b"\x0a" + b"x" * LARGE_BYTES

    def send(_number: int) -> None:
        options = (("grpc.use_local_subchannel_pool", 1), ("grpc.max_send_message_length", -1))
        channel = grpc.insecure_channel(f"127.0.0.1:{port}", options=options)
        since = time.time()
        try:
            channel.unary_unary(_GRPC_METHOD)(message, timeout=_TIMEOUT_SECONDS)
            status = "OK"
        except grpc.RpcError as error:
            status = error.code().name
        _print(since, status, "gRPC")
        channel.close()

    _in_threads(send, 40)


def grpc_idle(port: int) -> None:
    """300 gRPC connections that send nothing."""
    _hold(port, 300, lambda _connection: None)


def large_bodies(port: int) -> None:
    """60 bodies of 30 MB with a key, at the same time."""
    load = llm_load(12_000, seed="large", now_ns=time.time_ns())
    # Requests joined are one request with the spans of all.
    body = b"".join(load.bodies[: LARGE_BYTES // len(load.bodies[0])])
    headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-protobuf"}

    def send(_number: int) -> None:
        for _ in range(3):
            _asked(port, "POST", TRACES, body, headers)

    _in_threads(send, 60)


def gzip_bombs(port: int) -> None:
    """16 senders of 32 KB that unpack to 33 MB."""
    body = gzip.compress(bytes(32 * MIB))
    headers = {
        "Authorization": f"Bearer {KEY}",
        "Content-Type": "application/x-protobuf",
        "Content-Encoding": "gzip",
    }

    def send(_number: int) -> None:
        while True:
            _asked(port, "POST", TRACES, body, headers)

    _in_threads(send, 16)


CLIENTS: dict[str, Callable[[int], None]] = {
    client.__name__: client
    for client in (
        probe,
        ingest,
        read,
        idle,
        slow_heads,
        slow_bodies,
        grpc_messages,
        grpc_idle,
        large_bodies,
        gzip_bombs,
    )
}


def _asked(
    port: int, method: str, path: str, body: bytes, headers: dict[str, str] | None = None
) -> int:
    """The status of a request on a new connection, 0 where there was no response."""
    since = time.time()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
    try:
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            response.read()
            status: int | str = response.status
    except (OSError, http.client.HTTPException) as error:
        status = type(error).__name__
    _print(since, status, path)
    return status if isinstance(status, int) else 0


def _print(since: float, status: int | str, path: str) -> None:
    with _lock:
        print(f"{since:.3f} {time.time() - since:.4f} {status} {path}", flush=True)


def _in_threads(work: Callable[[int], None], count: int) -> None:
    threads = [
        threading.Thread(target=work, args=(number,), daemon=True) for number in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _hold(
    port: int, count: int, begin: Callable[[socket.socket], None], *, drip: bytes = b""
) -> None:
    """Keep the connections open; each sends `drip` every second."""
    held: list[socket.socket] = []
    while True:
        held = [connection for connection in held if _is_open(connection, drip)]
        while len(held) < count:
            try:
                connection = socket.create_connection(("127.0.0.1", port), timeout=1)
                connection.setblocking(False)
                begin(connection)
            except OSError:
                break
            held.append(connection)
        time.sleep(1)


def _is_open(connection: socket.socket, drip: bytes) -> bool:
    try:
        if drip:
            connection.send(drip)
        is_open = connection.recv(65536) != b""
    except BlockingIOError:
        return True
    except OSError:
        is_open = False
    if not is_open:
        connection.close()
    return is_open


@contextlib.contextmanager
def _connected(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        yield connection


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
