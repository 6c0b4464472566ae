"""Sessions for filters to distinguish, and their fields that are not in the JSON.

All values derive from a session's number, here and (for columns without a writer) in SQL.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from sessionary.model.span_kind import LLM, TOOL
from sessionary.store.clickhouse.pool import Database
from tests.support.generators import HOUR_NS, MILLISECOND_NS, START_NS, export_request
from tests.support.reference import RefSpan
from tests.support.server import Json, Server

SESSIONS = 520
BATCH = 40
DAY_NS = 24 * HOUR_NS
HOSTILE = (
    "it's",
    'say "hi"',
    "back\\slash",
    "ends in \\",
    "new\nline\ttab\r",
    "{x:String}",
    "{workspace_id:String}",
    "${where}",
    "%s %(id)s %",
    "') OR 1=1 --",
    "\0",
    "nul\0inside",
    "😀 näh",
    "NULL",
    "\\N",
    "[]",
    "*",
    "  spaces  ",
    "x" * 10_000,
)
TAGS: tuple[tuple[str, ...], ...] = (
    (),
    ("beta",),
    ("beta", "Web"),
    ("Web", "näh"),
    ("it's",),
    ('say "hi"', "back\\slash"),
)
CONTACTS = ("", "alice", "bob", "Zoë", "o'brien", "😀")
MODELS = ("", "made-up-small", "made-up-large")
PROVIDERS = ("", "openai", "anthropic")
ENVIRONMENTS = ("", "production", "staging")
PROJECTS = ("", "p1", "p2")
WORDS = ("", "Refund, please", "hello WORLD", "nothing")
# Nanoseconds before the data was made, for dates relative to now.
RECENT_NS = (HOUR_NS // 60, 3 * HOUR_NS, 2 * DAY_NS, 20 * DAY_NS, 45 * DAY_NS, 200 * DAY_NS)


@dataclass(frozen=True, slots=True)
class Filtered:
    """A server, and the JSON and other fields of each session by external id."""

    server: Server
    sessions: dict[str, Json]

    def found(self, body: Mapping[str, object], prefix: str = "/v2/sessions") -> set[str]:
        """The external ids that a query lists (at most 1,000); the count must agree."""
        body = {"filters": [], "limit": 1000, **body}
        listed = self.ask(f"{prefix}/query", body)
        names = [session["external_id"] for session in listed["data"]]
        assert len(names) == len(set(names))
        assert self.ask(f"{prefix}/count", body) == {"count": len(names)}
        return set(names)

    def those(self, passes: Callable[[Json], object]) -> set[str]:
        """The external ids of the sessions that pass the test."""
        return {name for name, session in self.sessions.items() if passes(session)}

    def ask(self, path: str, body: Mapping[str, object]) -> Json:
        """The response to a valid body."""
        response = self.server.client.post(path, json=body)
        assert response.status_code == 200, f"{body} {response.text}"
        answer: Json = response.json()
        return answer


_MORE_COLUMNS = """INSERT INTO sessions
WITH toUInt32(extract(external_id, '^(\\d+)')) AS number
SELECT * REPLACE (
    if(number % 3 = 0, '', concat('Title ', toString(number % 7))) AS title,
    ['', 'claude-code', 'codex'][number % 3 + 1] AS client,
    ['', 'github.com/o/r', 'github.com/o/s'][intDiv(number, 2) % 3 + 1] AS repo,
    ['', 'conversation', 'coding_agent'][intDiv(number, 3) % 3 + 1] AS kind,
    CAST(multiIf(number % 3 = 0, map(), map('plan', ['free', 'it\\'s'][number % 2 + 1],
        'a.b {x:String}', toString(number % 2))), 'Map(String, String)') AS metadata,
    version + 1 AS version)
FROM sessions FINAL WHERE match(external_id, '^\\d{3} ')"""


def fill(server: Server, now_ns: int) -> dict[str, Json]:
    """Add the sessions; return their fields that are not in the JSON, by external id."""
    for first in range(0, SESSIONS, BATCH):
        server.post(_request(first, is_late=False, now_ns=now_ns))
    # Later traces add newer rows of the same sessions; the old rows must not be found.
    for first in range(0, SESSIONS, BATCH):
        server.post(_request(first, is_late=True, now_ns=now_ns))
    server.terminate()
    _write_directly(server)
    server.start()
    return {_external_id(number): _fields_not_in_json(number) for number in range(SESSIONS)}


def _write_directly(server: Server) -> None:
    url = f"chdb://{server.folder}"
    database = Database(url, clients=1, memory_bytes=10**9)
    try:
        with database.rollup_connection() as connection:
            connection.command(_MORE_COLUMNS)
            connection.insert_rows("scores", _SCORE_COLUMNS, list(_score_rows()))
    finally:
        database.close()


_SCORE_COLUMNS = ("workspace_id", "id", "session_id", "name", "data_type", "number", "text")


def _score_rows() -> Iterator[list[Any]]:
    for number in range(SESSIONS):
        for name, values in _fields_not_in_json(number)["scores"].items():
            for place, value in enumerate(values):
                is_text = isinstance(value, str)
                yield [
                    "default",
                    f"{number} {name} {place}",
                    _external_id(number),
                    name,
                    "text" if is_text else "number",
                    None if is_text else float(value),
                    value if is_text else "",
                ]


def _external_id(number: int) -> str:
    rest = HOSTILE[number % len(HOSTILE)][:60] if number % 2 else "session"
    return f"{number:03d} {rest}"


def _fields_not_in_json(number: int) -> Json:
    kinds = ("", "THREAD_KIND_CONVERSATION", "THREAD_KIND_CODING_AGENT")
    turned = range(1 + _is_late(number))
    return {
        "title": "" if number % 3 == 0 else f"Title {number % 7}",
        "client": ("", "claude-code", "codex")[number % 3],
        "repo": ("", "github.com/o/r", "github.com/o/s")[number // 2 % 3],
        "kind": kinds[number // 3 % 3],
        "metadata": {}
        if number % 3 == 0
        else {"plan": ("free", "it's")[number % 2], "a.b {x:String}": str(number % 2)},
        "environments": sorted({_environment(number, t) for t in turned} - {""}),
        "providers": sorted({_provider(number, t) for t in turned} - {""}),
        "messages": [WORDS[(number + t) % len(WORDS)] for t in turned],
        "scores": _scores(number),
    }


def _scores(number: int) -> dict[str, list[float | str]]:
    scores: dict[str, list[float | str]] = {}
    if number % 4:
        scores["quality"] = [*[number % 4 / 2, number % 7 / 4][: 1 + number % 2]]
    if number % 5 == 0:
        scores["verdict's"] = [*["good", "it's bad"][: 1 + number % 3]]
    return scores


def _is_late(number: int) -> bool:
    return number % 3 == 0


def _environment(number: int, turn: int) -> str:
    return ENVIRONMENTS[(number // 2 + turn) % len(ENVIRONMENTS)]


def _provider(number: int, turn: int) -> str:
    return PROVIDERS[(number // 3 + turn) % len(PROVIDERS)]


def _request(first: int, *, is_late: bool, now_ns: int) -> bytes:
    request = ExportTraceServiceRequest()
    for number in range(first, min(first + BATCH, SESSIONS)):
        if not is_late or _is_late(number):
            request.MergeFrom(_turn(number, int(is_late), now_ns))
    return request.SerializeToString()


def _turn(number: int, turn: int, now_ns: int) -> ExportTraceServiceRequest:
    request = ExportTraceServiceRequest.FromString(export_request(_spans(number, turn, now_ns)))
    extra = {
        "gen_ai.provider.name": _provider(number, turn),
        "deployment.environment.name": _environment(number, turn),
        "gen_ai.input.messages": WORDS[(number + turn) % len(WORDS)],
    }
    for resource_spans in request.resource_spans:
        for scope_spans in resource_spans.scope_spans:
            for span in scope_spans.spans:
                span.attributes.extend(
                    KeyValue(key=key, value=AnyValue(string_value=text))
                    for key, text in extra.items()
                    if text
                )
    return request


def _spans(number: int, turn: int, now_ns: int) -> Iterator[RefSpan]:
    if number < len(RECENT_NS):
        start = now_ns - RECENT_NS[number] + turn * MILLISECOND_NS
    else:
        start = START_NS + number % 40 * DAY_NS + number % 3 * MILLISECOND_NS + number % 2
        start += turn * HOUR_NS
    model = MODELS[(number + turn) % len(MODELS)]
    call = RefSpan(
        f"{number * 2 + turn + 1:032x}",
        f"{number + 1:016x}",
        name="chat",
        start_ns=start,
        end_ns=start + number % 5 * 7 * MILLISECOND_NS + number % 2,
        kind=LLM,
        scope="app",
        is_error=number % 7 == 0,
        session_id=_external_id(number),
        contact_id=CONTACTS[(number + turn) % len(CONTACTS)],
        project_id=PROJECTS[number // 4 % len(PROJECTS)],
        tags=TAGS[(number + turn) % len(TAGS)],
        request_model=model and f"{model}-latest" if number % 2 else model,
        response_model=model,
        input_tokens=10 * (number % 5),
        output_tokens=number % 3,
        cached_tokens=number % 2 * (number % 5),
        reasoning_tokens=number % 2 * (number % 3),
        reports_usage=True,
    )
    micros = number % 6
    if micros:
        cost = Decimal(micros).scaleb(-1 if number % 4 == 0 else -6)
        call = replace(
            call,
            input_cost=cost,
            output_cost=2 * cost,
            total_cost=3 * cost,
            cost_source="client",
        )
    yield call
    if number % 8 == 0:
        yield RefSpan(call.trace_id, "f" * 16, call.span_id, "tool", start, call.end_ns, TOOL)
