"""How long the API takes among very many sessions, at rest and while spans arrive.

`python -m benchmarks.many FOLDER` fills the folder, or takes it as it was filled, and prints the
figures; with --write they replace their section of docs/benchmarks.md.
"""

import argparse
import contextlib
import http.client
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.figures import percentile, table
from benchmarks.filling import WORKSPACE, fill, spans_of
from benchmarks.payloads import Load, llm_load
from benchmarks.reading import BY_COST, LIST, timed
from benchmarks.sending import send
from benchmarks.server import serving
from sessionary.model.session import session_id

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
TITLE = "Reading among very many sessions"
_COUNT = "/v2/sessions/count"
_CONTACTS = "/v2/contacts/query"
_TAGGED = {"type": "multi-value-array", "operator": "contains", "path": "tags", "value": ["vip"]}
_EXPENSIVE = {
    "type": "number",
    "operator": "is_greater_than",
    "path": "billing.total_cost",
    "value": 0.02,
}
_FILTERED = {"query": {"filters": [_TAGGED, _EXPENSIVE]}}
_SPANS_PER_SECOND, _ARRIVING_SECONDS = 5000, 20
# Some ten people who look at the list.
_LIST_EVERY_SECONDS = 0.1

Request = tuple[str, str, object]


@dataclass(frozen=True, slots=True)
class Many:
    """Seconds of every request by what was asked; and those of lists while spans arrived."""

    sessions: int
    seconds: dict[str, list[float]]
    arriving_seconds: list[float]
    arrived_per_second: float


def measure_many(folder: Path, sessions: int, *, requests: int) -> Many:
    """Ask a server on a copy of the folder, which is filled first unless it is."""
    folder.mkdir(parents=True, exist_ok=True)
    filled = folder.with_name(f"{folder.name}-filled-{sessions}")
    if not filled.exists():
        fill(folder, sessions)
        filled.touch()
    with _copy(folder) as copy, serving(copy) as server:
        server.wait_until_at_rest()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        with contextlib.closing(connection):
            seconds = {
                question: [timed(connection, *request) for request in asked]
                for question, asked in _questions(connection, sessions, requests)
            }
            arriving, rate = _while_spans_arrive(server.port, connection)
    return Many(sessions, seconds, arriving, rate)


@contextlib.contextmanager
def _copy(folder: Path) -> Iterator[Path]:
    """A copy to write to, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        yield Path(shutil.copytree(folder, Path(place) / folder.name, symlinks=True))


def section(many: Many) -> str:
    """The figures as docs/benchmarks.md has them."""
    rows = [
        (question, *(f"{percentile(seconds, share) * 1000:,.1f} ms" for share in (0.5, 0.99)))
        for question, seconds in many.seconds.items()
    ]
    arriving = [percentile(many.arriving_seconds, share) * 1000 for share in (0.5, 0.99)]
    return f"""## {TITLE}

{many.sessions:,} sessions of {spans_of(many.sessions):,} spans, made by `benchmarks/filling.py`; \
50 sessions a page.

{table(("", "p50", "p99"), rows)}

While {many.arrived_per_second:,.0f} spans/s arrived, the list was asked for ten times a second \
and took {arriving[0]:,.0f} ms (p50) and {arriving[1]:,.0f} ms (p99)."""


def _questions(
    connection: http.client.HTTPConnection, sessions: int, requests: int
) -> Iterator[tuple[str, list[Request]]]:
    """What is asked, and how: each question all at once, so that one ends before the next."""
    rng = Random(sessions)
    numbers = [rng.randrange(sessions) for _ in range(requests)]
    last = max(1, min(10_000, sessions // 50))
    yield "list, newest first", _lists({}, requests)
    yield "list, filtered by tag and cost", _lists(_FILTERED, requests)
    yield "list, by cost", _lists(BY_COST, requests)
    yield "count", [("POST", _COUNT, {})] * requests
    yield "count, filtered by tag and cost", [("POST", _COUNT, _FILTERED)] * requests
    yield "tags", [("GET", "/v2/sessions/tags", None)] * requests
    yield "get one", [("GET", f"/v2/sessions/session-{number:07d}", None) for number in numbers]
    for page in (2, last):
        yield f"page {page:,}", _lists({"pagination": {"page": page}}, requests)
    for page in (2, last):
        place = session_id(WORKSPACE, f"session-{max(0, sessions - 50 * (page - 1)):07d}")
        yield f"page {page:,}, by cursor", _lists({"lastId": place}, requests)
    yield "contacts", [("POST", _CONTACTS, {"limit": 50})] * (requests // 4)
    words = [f"order{number:07d}" for number in numbers]
    yield "search, a rare word", [search for word in words for search in _lists(_said(word), 1)]
    parts = [word[1:-1] for word in words]
    yield "search, part of a word", [search for part in parts for search in _lists(_said(part), 1)]
    yield "search, a word of most", _lists(_said("refund"), requests // 4)
    yield "search, two words of most", _lists(_said("invoice refund"), requests // 4)


def _lists(body: Mapping[str, object], times: int) -> list[Request]:
    return [("POST", LIST, {"limit": 50, **body})] * times


def _said(text: str) -> dict[str, object]:
    search = {"type": "search", "value": text, "searchPaths": ["messages"]}
    return {"filters": [search]}


def _while_spans_arrive(
    port: int, connection: http.client.HTTPConnection
) -> tuple[list[float], float]:
    """Seconds of lists while spans come in, and how many of those a second."""
    spans = _SPANS_PER_SECOND * _ARRIVING_SECONDS
    load = llm_load(spans, seed="arriving", now_ns=time.time_ns())
    seconds: list[float] = []
    since = time.perf_counter()
    sending = threading.Thread(target=_send_evenly, args=(load, port))
    sending.start()
    while sending.is_alive():
        seconds.append(timed(connection, "POST", LIST, {"limit": 50}))
        time.sleep(_LIST_EVERY_SECONDS)
    return seconds, load.spans / (time.perf_counter() - since)


def _send_evenly(load: Load, port: int) -> None:
    """A second's spans a second."""
    since = time.perf_counter()
    first = sent = 0
    while first < len(load.bodies):
        end = first
        while end < len(load.bodies) and sum(load.counts[first:end]) < _SPANS_PER_SECOND:
            end += 1
        send(Load(load.bodies[first:end], load.counts[first:end], 0), port=port)
        first, sent = end, sent + 1
        time.sleep(max(0.0, since + sent - time.perf_counter()))


def main() -> None:
    """Measure, print, and with --write keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--requests", type=int, default=100, help="of each question (100)")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    options = parser.parse_args()
    text = section(measure_many(options.folder, options.sessions, requests=options.requests))
    print(text)
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(f"## {TITLE}\n")
        after = rest.partition("\n## ")[2]
        PAGE.write_text(f"{before}{text}\n\n## {after}", encoding="utf-8")


if __name__ == "__main__":
    main()
