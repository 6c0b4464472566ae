"""Captured requests of real client libraries give exactly the expected sessions.

The bodies were captured from unmodified libraries (fixtures/*/raw, with expected.json beside it);
each fixture has its own server, since many use the same session ids.
"""

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.support.server import Json, Server, instant_ns

FOLDER = Path(__file__).parents[1] / "fixtures"
NOT_OTLP = "orq_traced"
FIXTURES = sorted(path.name for path in FOLDER.iterdir() if path.name != NOT_OTLP)
JSON = "application/json"
COST_TOLERANCE = 1e-12

TOKENS = (
    "prompt_tokens",
    "cached_tokens",
    "cache_write_tokens",
    "completion_tokens",
    "reasoning_tokens",
    "total_tokens",
)
# The lists of an OTLP/JSON body, at any depth.
LISTS = ("resourceSpans", "scopeSpans", "spans", "resourceLogs", "scopeLogs", "logRecords")
IDS = ("traceId", "spanId", "parentSpanId")


@dataclass(frozen=True, slots=True)
class Body:
    """One captured request; `content` is its body before compression."""

    path: str
    content_type: str
    is_gzipped: bool
    content: bytes

    @property
    def is_json(self) -> bool:
        """Whether it is OTLP/JSON, else protobuf."""
        return self.content_type == JSON

    def send(self, server: Server) -> None:
        """Post it as its library did."""
        content = gzip.compress(self.content) if self.is_gzipped else self.content
        headers = {"content-encoding": "gzip"} if self.is_gzipped else {}
        server.post(content, path=self.path, content_type=self.content_type, headers=headers)


def send_at_once(server: Server, bodies: Sequence[Body]) -> None:
    """Post the bodies in parallel and wait for all responses."""
    with ThreadPoolExecutor(max_workers=8) as senders:
        list(senders.map(lambda body: body.send(server), bodies))


def captured(fixture: str) -> list[Body]:
    folder = FOLDER / fixture / "raw"
    requests = json.loads((folder / "headers.json").read_text())
    return [_body(folder, request) for request in requests]


def _body(folder: Path, request: Json) -> Body:
    headers = {name.lower(): value for name, value in request["headers"].items()}
    return Body(
        path=request["path"],
        content_type=headers["content-type"],
        is_gzipped=headers.get("content-encoding") == "gzip",
        content=(folder / request["file"]).read_bytes(),
    )


def backwards(bodies: Sequence[Body]) -> list[Body]:
    """The bodies in reverse order, with the spans of each reversed."""
    return [_span_backwards(body) for body in reversed(bodies)]


def _span_backwards(body: Body) -> Body:
    content = json.loads(body.content) if body.is_json else _to_json(body)
    _reverse(content)
    turned = json.dumps(content).encode() if body.is_json else _to_protobuf(body, content)
    return replace(body, content=turned)


def _reverse(content: Json) -> None:
    for name in set(LISTS) & set(content):
        content[name].reverse()
        for item in content[name]:
            _reverse(item)


def as_json(body: Body) -> Body:
    """The same request in OTLP/JSON: hex ids, numbers for enums."""
    if body.is_json:
        return body
    content = _with_hex_ids(_to_json(body))
    return replace(body, content_type=JSON, content=json.dumps(content).encode())


def _message(body: Body) -> ExportTraceServiceRequest | ExportLogsServiceRequest:
    is_log = body.path.endswith("/logs")
    return ExportLogsServiceRequest() if is_log else ExportTraceServiceRequest()


def _to_json(body: Body) -> Json:
    message = _message(body)
    message.ParseFromString(body.content)
    return json_format.MessageToDict(message, use_integers_for_enums=True)


def _to_protobuf(body: Body, content: Json) -> bytes:
    return json_format.ParseDict(content, _message(body)).SerializeToString()


def _with_hex_ids(content: Any) -> Any:
    if isinstance(content, list):
        return [_with_hex_ids(item) for item in content]
    if not isinstance(content, dict):
        return content
    return {
        name: base64.b64decode(value).hex() if name in IDS else _with_hex_ids(value)
        for name, value in content.items()
    }


def wanted(expected: Json) -> Json:
    """The expected figures of one session, or of all traces without one."""
    names = ("contact_ids", "tags", "traces_count", "spans_count", *TOKENS)
    others = ("calls_count", "failed_calls", "tool_calls", "error_traces", "error_spans")
    times = ("started_ns", "ended_ns")
    return {
        **{name: expected[name] for name in (*names, *others, *times)},
        "models": {
            name: {**figures, "request_models": sorted(figures["request_models"])}
            for name, figures in expected["models"].items()
        },
    }


def summed(traces: Sequence[Json]) -> Json:
    """The sums of listed traces."""
    return {
        "contact_ids": sorted({t["contact_id"] for t in traces if t["contact_id"]}),
        "tags": sorted({tag for t in traces for tag in t["tags"]}),
        "traces_count": len(traces),
        "spans_count": sum(t["spans_count"] for t in traces),
        **{name: sum(t[name] for t in traces) for name in TOKENS},
        "calls_count": sum(t["model_calls_count"] for t in traces),
        "failed_calls": sum(t["failed_calls_count"] for t in traces),
        "tool_calls": sum(t["tool_calls_count"] for t in traces),
        "error_traces": sum(t["has_error"] for t in traces),
        "error_spans": sum(t["error_spans_count"] for t in traces),
        "started_ns": min(instant_ns(t["started_at"]) for t in traces),
        "ended_ns": max(instant_ns(t["ended_at"]) for t in traces),
        "models": _models(use for t in traces for use in t["models"]),
    }


def _models(uses: Iterable[Json]) -> Json:
    models: Json = {}
    for use in uses:
        figures = models.setdefault(use["model"] or "(unknown)", {"request_models": set()})
        for name in ("calls", "failed_calls", "prompt_tokens", "completion_tokens", "total_tokens"):
            figures[name] = figures.get(name, 0) + use[name]
        figures["request_models"] |= {name for name in use.get("request_models", ()) if name}
    return {
        # expected.json has the response model if a span has no requested model.
        name: {**figures, "request_models": sorted(figures["request_models"]) or [name]}
        for name, figures in models.items()
    }


def shown(session: Json, traces: Sequence[Json]) -> Json:
    """The figures of a session in the API, some of them from its traces."""
    renamed = {
        "calls_count": "model_calls_count",
        "failed_calls": "failed_calls_count",
        "tool_calls": "tool_calls_count",
    }
    of_traces = summed(traces)
    models = _models(session["models"])
    for name, figures in models.items():
        figures["request_models"] = of_traces["models"][name]["request_models"]
    return {
        **{name: of_traces[name] for name in ("error_traces", "error_spans")},
        **{name: session[name] for name in ("contact_ids", "tags", "traces_count", "spans_count")},
        **{name: session["usage"].get(name, session.get(name)) for name in TOKENS},
        **{name: session[field] for name, field in renamed.items()},
        "started_ns": instant_ns(session["started_at"]),
        "ended_ns": instant_ns(session["ended_at"]),
        "models": models,
    }


def check(server: Server, fixture: str) -> None:
    """Assert that the server has exactly the expected data of the fixture."""
    expected = json.loads((FOLDER / fixture / "expected.json").read_text())
    sessions = server.sessions()
    assert sorted(sessions) == sorted(s["external_id"] for s in expected["sessions"])
    for session in expected["sessions"]:
        found = sessions[session["external_id"]]
        traces = server.traces(session["external_id"])
        assert shown(found, traces) == wanted(session)
        assert summed(traces) == wanted(session)
        _check_cost(found["billing"]["total_cost"], session)
    sessionless = server.sessionless_traces()
    assert bool(sessionless) == bool(expected["sessionless"])
    if sessionless:
        assert summed(sessionless) == wanted(expected["sessionless"])
        _check_cost(sum(t["total_cost"] for t in sessionless), expected["sessionless"])


def _check_cost(found: float, expected: Json) -> None:
    if "client_cost" in expected:
        assert found == pytest.approx(expected["client_cost"], rel=0, abs=COST_TOLERANCE)


@pytest.mark.parametrize("fixture", FIXTURES)
def test_captured_bodies_give_the_expected_sessions(fresh_server: Server, fixture: str) -> None:
    """As captured; then reversed, then in parallel three times: nothing changes."""
    bodies = captured(fixture)
    for body in bodies:
        body.send(fresh_server)
    check(fresh_server, fixture)
    for body in backwards(bodies):
        body.send(fresh_server)
    check(fresh_server, fixture)
    send_at_once(fresh_server, bodies * 3)
    check(fresh_server, fixture)


@pytest.mark.parametrize("fixture", FIXTURES)
def test_order_and_encoding_do_not_change_figures(fresh_server: Server, fixture: str) -> None:
    """Reversed bodies with reversed spans, as OTLP/JSON, each three times."""
    for body in backwards(captured(fixture)):
        send_at_once(fresh_server, [as_json(body)] * 3)
    check(fresh_server, fixture)


def test_orq_traced_spans_are_traces(fresh_server: Server) -> None:
    """orq's span format, which is not OTLP: two traces without a session."""
    for body in captured(NOT_OTLP):
        body.send(fresh_server)
    turn, failed = sorted(fresh_server.sessionless_traces(), key=lambda t: str(t["started_at"]))
    assert fresh_server.sessions() == {}
    assert (turn["name"], failed["name"]) == ("chat-turn", "boom")
    assert (turn["spans_count"], failed["spans_count"]) == (3, 1)
    assert (turn["model_calls_count"], failed["model_calls_count"]) == (1, 0)
    assert (turn["tool_calls_count"], failed["tool_calls_count"]) == (1, 0)
    assert (turn["has_error"], failed["has_error"]) == (False, True)
    assert (turn["error_spans_count"], failed["error_spans_count"]) == (0, 1)
