"""Acknowledged spans are stored once after kills, full disks and stalled clients.

Each body is one session, so that a lost or duplicate span shows in the session's count.
"""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.support.load import (
    HEADERS,
    MIB,
    SPANS,
    Load,
    body_of,
    heavy_body,
    no_differences,
    spans_by_session,
)
from tests.support.server import Server
from tests.support.waiting import eventually, exit_status, random_pause

KILLS = int(os.environ.get("SESSIONARY_TEST_KILLS", "4"))
EXIT_SECONDS = 20
DISK_MIB = 60
BALLAST_MIB = 20


@pytest.fixture
def load(fresh_server: Server) -> Load:
    """A load on a fresh server, not running yet."""
    return Load(fresh_server)


# Kills and terminations.


def test_kill_9_neither_loses_nor_duplicates_spans(load: Load) -> None:
    """At random moments under load, repeatedly on the same folder."""
    server = load.server
    for _ in range(KILLS):
        with load.running():
            random_pause(0, 1.5)
            server.kill()
        server.start()
        load.check()
    assert len(load.acknowledged) >= KILLS


def test_kill_9_during_start_loses_nothing(load: Load) -> None:
    """A server killed while it recovers does not prevent the next one from recovering."""
    server = load.server
    with load.running():
        wait_for_load(load)
        server.kill()
    for seconds in (0.3, 0.7, 1.1):
        begun = subprocess.Popen(command_on(server.folder), stdout=subprocess.DEVNULL, stderr=2)
        # A moment of the start; there is nothing to wait for.
        time.sleep(seconds)
        begun.kill()
        begun.wait()
    server.start()
    load.check()


@pytest.mark.parametrize("end", [Server.kill, Server.terminate])
def test_interrupted_rebuild_is_finished(
    fresh_server: Server, end: Callable[[Server], None]
) -> None:
    """By the next start, even if the server was killed with emptied tables."""
    before = filled(fresh_server)
    with rebuilding(fresh_server):
        end(fresh_server)
    fresh_server.start()
    assert spans_by_session(fresh_server) == before
    no_differences(fresh_server)


def test_rebuild_continues_after_client_disconnects(fresh_server: Server) -> None:
    """Writes wait until the rebuild is complete."""
    before = filled(fresh_server)
    with rebuilding(fresh_server):
        pass
    fresh_server.post(body_of("afterwards"))
    assert spans_by_session(fresh_server) == before | {"afterwards": SPANS}
    no_differences(fresh_server)


def filled(server: Server) -> dict[str, int]:
    """Send many sessions in one request; the spans of each."""
    server.post(b"".join(body_of(f"rebuilt {number}", 5) for number in range(1_000)))
    counts = spans_by_session(server)
    assert len(counts) == 1_000
    return counts


@contextmanager
def rebuilding(server: Server) -> Iterator[None]:
    """A rebuild in progress, with traces but no sessions yet."""
    accept = {"accept": "application/x-ndjson"}
    with server.client.stream("POST", "/v2/sessions/rebuild", headers=accept) as answer:
        assert json.loads(next(answer.iter_lines()))["step"] == "traces"
        yield


def test_sigterm_drains_requests(load: Load) -> None:
    """The process exits with 0, and acknowledged spans are stored."""
    server = load.server
    with load.running():
        wait_for_load(load)
        os.kill(server.pid, signal.SIGTERM)
        assert exit_status(server.pid, seconds=EXIT_SECONDS) == 0
    server.restart()
    load.check()


def wait_for_load(load: Load) -> None:
    """Wait until requests are in flight and some have been acknowledged."""
    before = len(load.acknowledged)
    eventually(lambda: len(load.acknowledged) >= before + 5)


def test_sigterm_does_not_wait_for_stalled_clients(fresh_server: Server) -> None:
    """A body that never arrives does not delay shutdown."""
    with stalled(fresh_server, 3):
        os.kill(fresh_server.pid, signal.SIGTERM)
        assert exit_status(fresh_server.pid, seconds=EXIT_SECONDS) == 0


# One server per folder.


def test_second_server_on_a_folder_reports_the_conflict_and_exits(fresh_server: Server) -> None:
    """With exit code 1 and a message, without delay; the first server continues."""
    fresh_server.post(body_of("before"))
    second = subprocess.run(
        command_on(fresh_server.folder), capture_output=True, text=True, timeout=20, check=False
    )
    assert second.returncode == 1
    assert "another process has" in " ".join((second.stdout + second.stderr).split())
    assert "Traceback" not in second.stderr
    fresh_server.post(body_of("after"))
    fresh_server.restart()
    assert spans_by_session(fresh_server) == {"before": SPANS, "after": SPANS}


def command_on(folder: Path) -> list[str]:
    """The command to start a server on any free port."""
    serve = [sys.executable, "-m", "sessionary", "serve", "--port", "0", "--grpc-port", "0"]
    return [*serve, "--database-url", f"chdb://{folder}"]


# A full disk.


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few MiB, partly filled by a file `ballast`."""
    mount = tmp_path / "disk"
    mount.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={DISK_MIB}m", "tmpfs"]
    subprocess.run(["mount", *options, str(mount)], check=True)
    try:
        (mount / "ballast").write_bytes(bytes(BALLAST_MIB * MIB))
        yield mount
    finally:
        subprocess.run(["umount", "--lazy", str(mount)], check=True)


def test_full_disk_is_503_until_space_is_freed(small_disk: Path, tmp_path: Path) -> None:
    """Reads succeed, nothing acknowledged is lost, and ingest resumes with free space."""
    settings = {"TMPDIR": str(tmp_path)}
    with Server(small_disk / "data", settings=settings) as server:
        server.log = tmp_path / "server.log"
        acknowledged = fill(server)
        assert acknowledged
        refused = heavy_body("refused")
        for _ in range(3):
            fill_remaining_space(small_disk)
            response = server.client.post("/v1/traces", content=refused, headers=HEADERS)
            assert response.status_code == 503
            assert int(response.headers["retry-after"]) > 0
            counts = spans_by_session(server)
            assert {name: counts.get(name) for name in acknowledged} == dict.fromkeys(
                acknowledged, 10
            )
        for name in ("ballast", "rest"):
            (small_disk / name).unlink()
        wait_until_accepted(server, refused)
        wait_until_consistent(server)
        whole = dict.fromkeys([*acknowledged, "refused"], 10)
        for _ in range(2):
            counts = spans_by_session(server)
            # A refused body may be stored, but only as a whole.
            assert {name: counts.get(name) for name in whole} == whole
            assert set(counts.values()) == {10}
            no_differences(server)
            server.restart()


def fill_remaining_space(disk: Path) -> None:
    """Fill the remaining space; the server frees some meanwhile."""
    with (disk / "rest").open("ab", buffering=0) as rest, contextlib.suppress(OSError):
        while True:
            rest.write(bytes(4096))


def fill(server: Server) -> list[str]:
    """Post until the disk is full; the acknowledged sessions."""
    acknowledged: list[str] = []
    for number in range(DISK_MIB):
        name = f"session {number}"
        response = server.client.post("/v1/traces", content=heavy_body(name), headers=HEADERS)
        if response.status_code == 503:
            assert "disk is full" in response.text
            return acknowledged
        assert response.status_code == 200, response.text
        acknowledged.append(name)
    raise AssertionError("the disk did not fill")


def wait_until_accepted(server: Server, content: bytes) -> None:
    """Retry as an exporter does."""

    def is_accepted() -> bool:
        response = server.client.post("/v1/traces", content=content, headers=HEADERS)
        assert response.status_code in (200, 503), response.text
        return response.status_code == 200

    eventually(is_accepted, interval=0.5, details=server.output)


def wait_until_consistent(server: Server) -> None:
    """Wait until refused but stored spans are rolled up and the index is repaired."""

    def is_consistent() -> bool:
        response = server.client.post("/v2/sessions/verify", timeout=60)
        return response.status_code == 200 and not response.json()["differences"]

    eventually(is_consistent, interval=0.5, details=server.output)


# Stalled clients, and too many requests at once.


@contextmanager
def stalled(server: Server, clients: int) -> Iterator[list[socket.socket]]:
    """Connections that began a request and sent the first byte of its body."""
    with ExitStack() as stack:
        sockets = []
        for _ in range(clients):
            connection = socket.create_connection(("127.0.0.1", server.port))
            stack.enter_context(connection)
            connection.sendall(
                b"POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                b"Content-Type: application/x-protobuf\r\nContent-Length: 100000\r\n\r\n\x0a"
            )
            sockets.append(connection)
        yield sockets


def test_slow_clients_do_not_delay_others(fresh_server: Server) -> None:
    """With a hundred bodies arriving byte by byte, other requests are served at once."""
    stopping = threading.Event()
    slow = body_of("slow", 5)
    with stalled(fresh_server, 100) as connections:

        def drip() -> None:
            while not stopping.wait(0.2):
                for connection in connections:
                    with suppress(OSError):
                        connection.send(b"\x00")

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            with slow_request(fresh_server, slow) as last_bytes:
                bodies = [body_of(f"quick {number}") for number in range(10)]
                took = [seconds(partial(fresh_server.post, body)) for body in bodies]
                took += [seconds(partial(spans_by_session, fresh_server)) for _ in range(10)]
                assert max(took) < 10
                assert sorted(took)[10] < 2
                assert last_bytes().startswith(b"HTTP/1.1 200 ")
        finally:
            stopping.set()
            dripping.join()
    assert spans_by_session(fresh_server)["slow"] == 5
    no_differences(fresh_server)


@contextmanager
def slow_request(server: Server, content: bytes) -> Iterator[Callable[[], bytes]]:
    """An unfinished request; the yielded function sends its last bytes one by one."""
    head = (
        "POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-protobuf\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as connection:
        connection.sendall(head.encode() + content[:-50])

        def last_bytes() -> bytes:
            for byte in content[-50:]:
                connection.sendall(bytes([byte]))
                time.sleep(0.005)
            return connection.recv(4096)

        yield last_bytes


def seconds(work: Callable[[], object]) -> float:
    since = time.monotonic()
    work()
    return time.monotonic() - since


def test_full_buffer_is_429_and_retries_lose_nothing(tmp_path: Path) -> None:
    """The response has a Retry-After header, and retries succeed."""
    settings = {"SESSIONARY_BUFFER_BYTES": "40000", "SESSIONARY_FLUSH_BYTES": "20000"}
    names = [f"session {number}" for number in range(96)]
    retry_after = []
    with Server(tmp_path / "data", settings=settings) as server:

        def send(name: str) -> None:
            content = body_of(name)
            while True:
                response = server.client.post("/v1/traces", content=content, headers=HEADERS)
                if response.status_code == 200:
                    return
                assert response.status_code == 429, response.text
                retry_after.append(int(response.headers["retry-after"]))
                time.sleep(0.05)

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(send, names))
        assert retry_after
        assert min(retry_after) > 0
        assert spans_by_session(server) == dict.fromkeys(names, SPANS)
        no_differences(server)
