"""A real server process on a folder of its own, and what the kernel knows of it."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_START_SECONDS = 60
_STOP_SECONDS = 60
_REST_SECONDS = 1800
# What a core may still have to do, and for how long, in seconds.
_REST_SHARE, _REST_STEP = 0.1, 3.0
_TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    """A running server; `ready_seconds` is from its start to the first 200 of /readyz."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
        self.port = port
        self._process = process
        self._log = log
        self._started = time.perf_counter()
        self._wait_until_ready()
        self.ready_seconds = self.age_seconds()

    def age_seconds(self) -> float:
        """The time since the start of the process."""
        return time.perf_counter() - self._started

    def cpu_seconds(self) -> float:
        """What all threads of the process took of the processors, user and system."""
        fields = self._proc("stat").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_bytes(self) -> int:
        """What is resident now."""
        return self._status("VmRSS")

    def peak_memory_bytes(self) -> int:
        """The most that was resident."""
        return self._status("VmHWM")

    def stats(self) -> dict[str, Any]:
        """What the server says of its steps, empty where it does not."""
        answer = self.ask("GET", "/v2/stats")
        return answer if isinstance(answer, dict) else {}

    def wait_until_at_rest(self) -> None:
        """Until all texts are kept to be searched, and little is left to be merged."""
        while self.age_seconds() < _REST_SECONDS:
            before = self.cpu_seconds()
            time.sleep(_REST_STEP)
            is_idle = self.cpu_seconds() - before < _REST_SHARE * _REST_STEP
            if is_idle and self.stats()["is_search_caught_up"]:
                return
        raise SystemExit("the server still works on what it was sent")

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """The JSON answer to one request on a connection of its own, None unless it is a 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            content = None if body is None else json.dumps(body)
            connection.request(method, path, content, {"Content-Type": "application/json"})
            response = connection.getresponse()
            content_bytes = response.read()
            return json.loads(content_bytes) if response.status == 200 else None

    def _wait_until_ready(self) -> None:
        while self.age_seconds() < _START_SECONDS:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                if self.ask("GET", "/readyz") is not None:
                    return
            time.sleep(0.005)
        raise SystemExit(f"the server did not start:\n{self._log.read_text(errors='replace')}")

    def _status(self, name: str) -> int:
        lines = (line.partition(":") for line in self._proc("status").splitlines())
        (kilobytes,) = (value for key, _, value in lines if key == name)
        return int(kilobytes.split()[0]) * 1024

    def _proc(self, name: str) -> str:
        return Path(f"/proc/{self._process.pid}/{name}").read_text()


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """`sessionary serve` on `folder`, with the default settings."""
    port = _free_port()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SESSIONARY_")}
    environment["SESSIONARY_DATABASE_URL"] = f"chdb://{folder}"
    command = [sys.executable, "-m", "sessionary", "serve", "--port", str(port)]
    command += ["--grpc-port", "0"]
    path = folder.with_suffix(".log")
    with path.open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield Server(process, port, path)
    finally:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
