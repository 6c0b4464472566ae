"""How long the API takes to list, get and count, over HTTP on one keep-alive connection."""

import contextlib
import http.client
import json
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.figures import percentile
from benchmarks.payloads import small_load
from benchmarks.sending import send
from benchmarks.server import serving

LIST = "/v2/sessions/query"
BY_COST = {"sortingProps": [{"key": "billing.total_cost", "direction": "desc"}]}


@dataclass(frozen=True, slots=True)
class Reading:
    """Seconds of every request, by kind of request, among a number of sessions."""

    sessions: int
    seconds: dict[str, list[float]]

    def latency_ms(self, question: str, share: float) -> float:
        """The percentile of one question's latencies."""
        return percentile(self.seconds[question], share) * 1000


def measure_reading(sizes: tuple[int, ...], folder: Path, *, requests: int) -> list[Reading]:
    """Fill one server to each of `sizes` sessions (rising) and ask it at each."""
    readings = []
    filled = 0
    with serving(folder) as server:
        for size in sizes:
            load = small_load(size - filled, seed=f"fill-{size}", now_ns=time.time_ns())
            send(load, port=server.port)
            server.wait_until_at_rest()
            filled = size
            readings.append(_read(server.port, size, requests))
    return readings


def _read(port: int, sessions: int, requests: int) -> Reading:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    with contextlib.closing(connection):
        listed = ask(connection, "POST", LIST, {"limit": 1000})["data"]
        rng = Random(sessions)
        paths = [f"/v2/sessions/{rng.choice(listed)['_id']}" for _ in range(requests)]
        asked: dict[str, list[tuple[str, str, object]]] = {
            "list, newest first": [("POST", LIST, {"limit": 50})] * requests,
            "list, by cost": [("POST", LIST, {"limit": 50} | BY_COST)] * requests,
            "get one": [("GET", path, None) for path in paths],
            "count": [("POST", "/v2/sessions/count", {})] * requests,
        }
        seconds = {
            question: [timed(connection, *request) for request in repeated]
            for question, repeated in asked.items()
        }
    return Reading(sessions, seconds)


def timed(connection: http.client.HTTPConnection, method: str, path: str, body: object) -> float:
    """Seconds of a request."""
    since = time.perf_counter()
    ask(connection, method, path, body)
    return time.perf_counter() - since


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: object
) -> dict[str, list[dict[str, str]]]:
    """The answer, which has to be a 200."""
    content = None if body is None else json.dumps(body)
    connection.request(method, path, content, {"Content-Type": "application/json"})
    response = connection.getresponse()
    answer: dict[str, list[dict[str, str]]] = json.loads(response.read())
    if response.status != 200:
        raise SystemExit(f"{method} {path}: {response.status} {answer}")
    return answer
