"""`python -m benchmarks.soak`: attack a server, print the figures, exit 1 where one is too bad."""

import argparse
import contextlib
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figures import mebibytes, percentile, table
from benchmarks.server import Server
from benchmarks.soak.clients import KEY

DESCRIPTORS = 1024
MAX_PROBE_SECONDS = 0.100
MAX_MEMORY_BYTES = 1.2 * 2**30
MAX_STOP_SECONDS = 10.0
# The clients of this phase alone take both processors, so its latencies are only printed.
TOGETHER = "all at once"
# By name: which clients attack in a phase, and whether by gRPC.
PHASES: dict[str, tuple[str, ...]] = {
    "ingest alone": (),
    "1,200 idle connections": ("idle", "grpc_idle"),
    "slow and endless heads": ("slow_heads",),
    "slow bodies": ("slow_bodies",),
    "40 gRPC messages of 30 MB without a key": ("grpc_messages",),
    "60 bodies of 30 MB with a key": ("large_bodies",),
    "gzip, 32 KB of 33 MB": ("gzip_bombs",),
    "200 parallel reads": ("read",),
    TOGETHER: ("idle", "slow_heads", "slow_bodies", "grpc_messages", "read"),
}
_START_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Line:
    """A response that a client noted."""

    at: float
    seconds: float
    status: str
    path: str


@dataclass(frozen=True, slots=True)
class Phase:
    """What was measured in a phase."""

    name: str
    health: list[Line]
    ready: list[Line]
    ingest: list[Line]
    others: list[Line]
    peak_bytes: int
    descriptors: int

    def faults(self) -> list[str]:
        """The bounds that were missed."""
        missed = []
        for path, lines in (("/healthz", self.health), ("/readyz", self.ready)):
            is_slow = percentile([one.seconds for one in lines] or [60], 0.99) > MAX_PROBE_SECONDS
            if is_slow and self.name != TOGETHER:
                missed.append(f"p99 of {path}")
            failed = Counter(one.status for one in lines if one.status != "200")
            if failed:
                missed.append(f"{path}: {dict(failed)}")
        if not any(one.status == "200" for one in self.ingest):
            missed.append("nothing was stored")
        if self.peak_bytes > MAX_MEMORY_BYTES:
            missed.append("memory")
        return missed

    def row(self) -> list[str]:
        """The figures as a row of the table."""
        stored = [one.seconds for one in self.ingest if one.status == "200"]
        return [
            self.name,
            *(_latencies(lines) for lines in (self.health, self.ready)),
            f"{len(stored)} ({_latencies(self.ingest)})",
            str(dict(Counter(one.status for one in self.others))),
            mebibytes(self.peak_bytes),
            str(self.descriptors),
            "; ".join(self.faults()) or "ok",
        ]


def main() -> None:
    """Run all phases, then SIGTERM with requests that have stalled."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0, help="of each phase (30)")
    parser.add_argument("--phase", choices=PHASES, help="this one only")
    options = parser.parse_args()
    phases = []
    with (
        tempfile.TemporaryDirectory(prefix="sessionary-soak-") as name,
        limited_server(Path(name)) as (server, process, grpc_port),
    ):
        folder = Path(name)
        with (
            client("ingest", server.port, folder) as ingest,
            client("probe", server.port, folder) as probe,
        ):
            logs = {"ingest": ingest, "probe": probe}
            for phase in [options.phase] if options.phase else PHASES:
                print(f"… {phase}", file=sys.stderr, flush=True)
                phases.append(measure(phase, server, process, grpc_port, logs, options.seconds))
            stop_seconds, status = stop(server, process)
        said = (folder / "server.log").read_text(errors="replace")
    print(table(HEADER, [phase.row() for phase in phases]))
    print(f"\nSIGTERM with 350 stalled requests: {stop_seconds:.1f} s, status {status}")
    print(f"log: {len(said)} characters\n{said[-2000:]}")
    is_bad = stop_seconds > MAX_STOP_SECONDS or any(phase.faults() for phase in phases)
    sys.exit(1 if is_bad else 0)


HEADER = [
    "phase",
    "/healthz p50/p99/max ms",
    "/readyz",
    "bodies stored",
    "other responses",
    "peak memory",
    "descriptors",
    "missed",
]


def measure(
    name: str,
    server: Server,
    process: "subprocess.Popen[bytes]",
    grpc_port: int,
    logs: dict[str, Path],
    seconds: float,
) -> Phase:
    """Attack for so long; the first seconds do not count for latencies."""
    Path(f"/proc/{process.pid}/clear_refs").write_text("5")
    descriptors = 0
    with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        attacks = [
            stack.enter_context(
                client(one, grpc_port if "grpc" in one else server.port, Path(folder))
            )
            for one in PHASES[name]
        ]
        time.sleep(_START_SECONDS)
        since = time.time()
        while time.time() < since + seconds:
            time.sleep(0.1)
            descriptors = max(descriptors, len(os.listdir(f"/proc/{process.pid}/fd")))
        until = time.time()
        others = [line for attack in attacks for line in _lines(attack)]
        peak = server.peak_memory_bytes()
    probes = _within(_lines(logs["probe"]), since, until)
    return Phase(
        name,
        health=[one for one in probes if one.path == "/healthz"],
        ready=[one for one in probes if one.path == "/readyz"],
        ingest=_within(_lines(logs["ingest"]), since, until),
        others=others,
        peak_bytes=peak,
        descriptors=descriptors,
    )


def stop(server: Server, process: "subprocess.Popen[bytes]") -> tuple[float, int]:
    """Seconds from SIGTERM, among half heads and half bodies, to the end; and its status."""
    halves = [
        b"GET / HTTP/1.1\r\nHost: loc",
        b"POST /v2/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 1000\r\n\r\n{",
        b"POST /v1/traces HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
        + KEY.encode()
        + b"\r\nContent-Type: application/x-protobuf\r\nContent-Length: 9999\r\n\r\n\x0a",
    ]
    with contextlib.ExitStack() as stack:
        for number in range(350):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            connection.sendall(halves[number % 3])
        time.sleep(1)
        since = time.monotonic()
        process.send_signal(signal.SIGTERM)
        status = process.wait(60)
        return time.monotonic() - since, status


@contextlib.contextmanager
def limited_server(folder: Path) -> Iterator[tuple[Server, "subprocess.Popen[bytes]", int]]:
    """A server that requires a key and may open few files; its port for gRPC."""
    port, grpc_port = _free_port(), _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SESSIONARY_")}
    environment |= {
        "SESSIONARY_DATABASE_URL": f"chdb://{folder / 'data'}",
        "SESSIONARY_BOOTSTRAP_API_KEY": KEY,
        "SESSIONARY_RATE_LIMIT": "0",
    }
    command = [sys.executable, "-m", "sessionary", "serve", "--require-auth"]
    command += ["--port", str(port), "--grpc-port", str(grpc_port)]
    path = folder / "server.log"
    with path.open("wb") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, preexec_fn=_limit_descriptors
        )
    try:
        yield Server(process, port, path), process, grpc_port
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def client(name: str, port: int, folder: Path) -> Iterator[Path]:
    """A client process while the block runs, and the file of its lines.

    Only the probe has the server's priority: other clients would be other machines.
    """
    path = folder / f"{name}.lines"
    command = [
        "nice",
        "-n",
        "0" if name == "probe" else "10",
        sys.executable,
        "-m",
        "benchmarks.soak.clients",
        name,
        str(port),
    ]
    with path.open("wb") as lines:
        process = subprocess.Popen(command, stdout=lines, stderr=subprocess.DEVNULL)
    try:
        yield path
    finally:
        process.kill()
        process.wait()


def _limit_descriptors() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (DESCRIPTORS, DESCRIPTORS))


def _lines(path: Path) -> list[Line]:
    lines = (line.split(" ", 3) for line in path.read_text().splitlines())
    return [Line(float(one[0]), float(one[1]), one[2], one[3]) for one in lines if len(one) == 4]


def _within(lines: list[Line], since: float, until: float) -> list[Line]:
    return [one for one in lines if since <= one.at <= until]


def _latencies(lines: list[Line]) -> str:
    if not lines:
        return "-"
    seconds = [one.seconds for one in lines]
    return "/".join(f"{percentile(seconds, share) * 1000:.0f}" for share in (0.5, 0.99, 1.0))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    main()
