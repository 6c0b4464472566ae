"""A real server process on a free port, and requests to it.

Assertions about its responses belong to the tests.
"""

import os
import re
import resource
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import httpx

from tests.support.waiting import eventually

START_SECONDS = 30
STOP_SECONDS = 20
PROTOBUF = "application/x-protobuf"

# Fields of a session that a response only contains on request.
EXTRA_FIELDS = (
    "ended_at",
    "active_duration",
    "idle_duration",
    "spans_count",
    "model_calls_count",
    "failed_calls_count",
    "tool_calls_count",
    "errors_count",
    "unpriced_calls_count",
    "models",
    "cached_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
)

Json = dict[str, Any]


class Server:
    """`sessionary serve` on `folder`, while its context is open.

    A restart keeps the port; the output of all its processes is in `log`.
    `descriptors` limits the files it may open, as `ulimit -n` does.
    """

    def __init__(
        self,
        folder: Path,
        *,
        options: tuple[str, ...] = (),
        settings: Mapping[str, str] = {},
        descriptors: int = 0,
    ) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.client = httpx.Client(base_url=self.url, timeout=60)
        self.log = folder.parent / f"{folder.name}.log"
        self._options = options
        self._settings = settings
        self._descriptors = descriptors
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.terminate()
        self.client.close()

    @property
    def pid(self) -> int:
        """The id of the running process."""
        return self._running().pid

    def start(self) -> None:
        """Start the process and wait until it is ready."""
        command = [sys.executable, "-m", "sessionary", "serve", "--port", str(self.port)]
        command += ["--grpc-port", "0", *self._options]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command,
                env=self._environment(),
                stdout=log,
                stderr=log,
                preexec_fn=self._limit_descriptors if self._descriptors else None,
            )
        try:
            self._wait_until_ready()
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """Kill the process, as the kernel does when memory runs out."""
        self._running().kill()
        self._running().wait()
        self._process = None

    def terminate(self) -> None:
        """Terminate the process and wait for it; do nothing if it is not running."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired as error:
            self.kill()
            message = f"still runs {STOP_SECONDS} s after SIGTERM\n{self.output()}"
            raise AssertionError(message) from error
        self._process = None

    def restart(self) -> None:
        """Terminate the process and start another on the same folder and port."""
        self.terminate()
        self.start()

    def output(self) -> str:
        """The output of all its processes so far."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def post(
        self,
        content: bytes,
        *,
        path: str = "/v1/traces",
        content_type: str = PROTOBUF,
        headers: Mapping[str, str] = {},
    ) -> httpx.Response:
        """Send one OTLP body; it is stored and visible on return."""
        response = self.client.post(
            path, content=content, headers={"content-type": content_type, **headers}
        )
        assert response.status_code == 200, self._complaint(response)
        return response

    def get(self, path: str, **parameters: str) -> Json:
        """The JSON object at `path`."""
        return self._json(self.client.get(path, params=parameters))

    def sessions(self) -> dict[str, Json]:
        """Every session (at most 1,000) with all extra fields, by external id."""
        query = {"filters": [], "limit": 1000, "includedFields": list(EXTRA_FIELDS)}
        answer = self._json(self.client.post("/v2/traces/sessions/query", json=query))
        assert not answer["has_more"]
        return {session["external_id"]: session for session in answer["data"]}

    def session(self, external_id: str) -> Json:
        """One session with all extra fields."""
        return self.get(f"/v2/sessions/{_segment(external_id)}", include=",".join(EXTRA_FIELDS))

    def has_session(self, external_id: str) -> bool:
        """Whether the session exists."""
        response = self.client.get(f"/v2/sessions/{_segment(external_id)}")
        assert response.status_code in (200, 404), self._complaint(response)
        return response.status_code == 200

    def traces(self, external_id: str) -> list[Json]:
        """The traces of a session."""
        return self._all(f"/v2/sessions/{_segment(external_id)}/traces")

    def sessionless_traces(self) -> list[Json]:
        """The traces that belong to no session."""
        return self._all("/v2/traces/sessionless")

    def verify(self) -> Json:
        """The result of recomputing everything from the spans."""
        return self._json(self.client.post("/v2/sessions/verify", timeout=300))

    def _all(self, path: str) -> list[Json]:
        page = self.get(path, limit="1000")
        traces: list[Json] = page["data"]
        while page["has_more"]:
            page = self.get(path, limit="1000", lastId=traces[-1]["trace_id"])
            traces += page["data"]
        return traces

    def _json(self, response: httpx.Response) -> Json:
        assert response.status_code == 200, self._complaint(response)
        answer: Json = response.json()
        return answer

    def _complaint(self, response: httpx.Response) -> str:
        request = f"{response.request.method} {response.request.url}"
        return f"{request}: {response.status_code} {response.text}\n{self.output()[-5000:]}"

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("SESSIONARY_")}
        # Compile once for all processes of a test run.
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        compiled = Path(tempfile.gettempdir()) / "sessionary-tests-compiled"
        kept |= {"PYTHONPYCACHEPREFIX": str(compiled)}
        return kept | {"SESSIONARY_DATABASE_URL": f"chdb://{self.folder}", **self._settings}

    def _limit_descriptors(self) -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (self._descriptors, self._descriptors))

    def _running(self) -> "subprocess.Popen[bytes]":
        assert self._process is not None, "the server is not running"
        return self._process

    def _wait_until_ready(self) -> None:
        eventually(self._is_ready, seconds=START_SECONDS, interval=0.02, details=self.output)

    def _is_ready(self) -> bool:
        assert self._running().poll() is None, f"the server ended\n{self.output()}"
        try:
            return self.client.get("/readyz").status_code == 200
        except httpx.TransportError:
            return False


def instant_ns(text: str) -> int:
    """Nanoseconds since 1970 of an RFC 3339 time in UTC, exactly."""
    match = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(?:Z|\+00:00)", text)
    assert match, f"not an RFC 3339 time in UTC: {text}"
    seconds = int(datetime.fromisoformat(match[1]).replace(tzinfo=UTC).timestamp())
    return seconds * 1_000_000_000 + int((match[2] or "").ljust(9, "0"))


def _segment(external_id: str) -> str:
    return quote(external_id, safe="")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
