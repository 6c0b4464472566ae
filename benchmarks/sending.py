"""Send a load over keep-alive connections, as several exporters would."""

import contextlib
import http.client
import queue
import threading
import time
from dataclasses import dataclass, field

from benchmarks.figures import percentile
from benchmarks.payloads import Load

_RETRIED = frozenset({429, 503})
_ATTEMPTS = 600
_TIMEOUT_SECONDS = 120


@dataclass(slots=True)
class Sent:
    """How sending went: seconds from the first request to the last answer, and of each answer."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    retries: int = 0
    failures: list[str] = field(default_factory=list)

    def latency_ms(self, share: float) -> float:
        """The percentile of the acknowledgements' latencies."""
        return percentile(self.latencies, share) * 1000


def send(load: Load, *, port: int, connections: int = 16, is_gzip: bool = False) -> Sent:
    """Send every body; one that is refused for now is sent again when the server said to.

    Raises:
        SystemExit: a body was not taken.
    """
    sent = Sent()
    waiting: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    for body in load.bodies:
        waiting.put(body)
    lock = threading.Lock()
    threads = [
        threading.Thread(target=_send_all, args=(waiting, port, is_gzip, sent, lock))
        for _ in range(connections)
    ]
    since = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent.seconds = time.perf_counter() - since
    if sent.failures or len(sent.latencies) != len(load.bodies):
        raise SystemExit(f"not all was taken: {sent.failures[:3]}")
    return sent


def _send_all(
    waiting: "queue.SimpleQueue[bytes]",
    port: int,
    is_gzip: bool,
    sent: Sent,
    lock: threading.Lock,
) -> None:
    headers = {"Content-Type": "application/x-protobuf"}
    if is_gzip:
        headers["Content-Encoding"] = "gzip"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_SECONDS)
    with contextlib.closing(connection):
        while True:
            try:
                body = waiting.get_nowait()
            except queue.Empty:
                return
            _send(connection, body, headers, sent, lock)


def _send(
    connection: http.client.HTTPConnection,
    body: bytes,
    headers: dict[str, str],
    sent: Sent,
    lock: threading.Lock,
) -> None:
    since = time.perf_counter()
    for _ in range(_ATTEMPTS):
        connection.request("POST", "/v1/traces", body, headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status not in _RETRIED:
            break
        with lock:
            sent.retries += 1
        time.sleep(float(response.getheader("Retry-After") or 1))
    with lock:
        sent.latencies.append(time.perf_counter() - since)
        # A full success is an empty message; anything else names rejected spans.
        if response.status != 200 or answer:
            sent.failures.append(f"{response.status}: {answer[:200]!r}")
