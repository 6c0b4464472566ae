"""Invalid spans are refused with a reason, others stored as well as possible.

Over HTTP with the shared server, each test with unique ids; what the API does not show (truncated
values, repeated keys) is read from the decoded columns.
"""

import json
import math
from collections.abc import Mapping

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from sessionary.otlp.decode import decode
from sessionary.otlp.limits import Limits
from sessionary.otlp.normalise import normalise
from tests.support.odd_input import (
    JSON,
    MIB,
    START_NS,
    a_span,
    accepted,
    json_request,
    own,
    partly,
    request,
    send,
)
from tests.support.server import Server

YEAR_2300_NS = 10_413_792_000_000_000_000


def with_id(field: str, value: bytes) -> Span:
    span = a_span()
    setattr(span, field, value)
    return span


@pytest.mark.parametrize("bad", [b"", b"\x01" * 7, b"\x01" * 17, bytes(16), bytes(8)])
@pytest.mark.parametrize("field", ["trace_id", "span_id"])
def test_invalid_ids_are_refused_with_count_and_reason(
    server: Server, field: str, bad: bytes
) -> None:
    """Missing, of another size or all zero: the valid span in the request is stored."""
    count, why = partly(server, own("ids"), *(with_id(field, bad) for _ in range(3)))
    assert count == 3
    assert field in why
    assert "3 spans" in why


@pytest.mark.parametrize(
    "times",
    [
        (0, 0),
        (60_000_000_000,) * 2,
        (YEAR_2300_NS,) * 2,
        (START_NS, YEAR_2300_NS),
        (2**64 - 1,) * 2,
    ],
    ids=["unset", "1970", "2300", "end in 2300", "the largest number"],
)
def test_impossible_times_are_refused_with_count_and_reason(
    server: Server, times: tuple[int, int]
) -> None:
    """An invalid time would extend its session by centuries."""
    start, end = times
    bad = a_span(start_time_unix_nano=start, end_time_unix_nano=end)
    count, why = partly(server, own("times"), bad)
    assert count == 1
    assert "time_unix_nano" in why


def test_every_reason_is_reported(server: Server) -> None:
    """All faults of a request are counted and named."""
    bad = (a_span(trace_id=b""), a_span(span_id=b""), a_span(span_id=b"1"))
    count, why = partly(server, own("reasons"), *bad, a_span(start_time_unix_nano=1))
    assert count == 4
    assert all(name in why for name in ("trace_id", "span_id", "start_time_unix_nano"))


def test_refusal_in_json_has_the_same_figures(server: Server) -> None:
    """Ids that are not hex only reject their span."""
    body = json_request(own(), traceId="xyz")
    good = own("json")
    body["resourceSpans"] += json_request(good)["resourceSpans"]
    partial = send(server, json.dumps(body).encode(), JSON).json()["partialSuccess"]
    assert partial["rejectedSpans"] == "1"
    assert "trace_id" in partial["errorMessage"]
    assert server.session(good)["spans_count"] == 1


# Spans that are stored as well as possible.


def test_end_before_the_start_is_a_zero_duration(server: Server) -> None:
    """Clocks drift; the span is stored."""
    session = own("drift")
    answer = accepted(send(server, request(a_span(session, end_time_unix_nano=START_NS - 10**9))))
    assert not answer.partial_success.rejected_spans
    assert server.session(session)["duration"] == 0
    assert server.session(session)["usage"]["total_tokens"] == 15


def test_long_value_is_truncated_and_marked(server: Server) -> None:
    """Of 10 MB the first MiB is stored, in whole characters, and the key is marked."""
    session = own("long")
    content = request(a_span(session, {"long": "€" * (10 * MIB // 3)}))
    accepted(send(server, content))
    assert server.session(session)["model_calls_count"] == 1
    table = normalise(decode([content]), Limits())
    kept = dict(table.column("attributes")[0].as_py())["long"]
    assert kept == "€" * (MIB // 3)
    assert table.column("truncated_attributes").to_pylist() == [["long"]]


def test_ten_thousand_attributes_are_stored(server: Server) -> None:
    """They are below the limit."""
    session = own("many")
    content = request(a_span(session, {f"key {n}": f"value {n}" for n in range(10_000)}))
    accepted(send(server, content))
    assert server.has_session(session)
    table = normalise(decode([content]), Limits())
    kept = dict(table.column("attributes")[0].as_py())
    assert all(kept[f"key {n}"] == f"value {n}" for n in range(10_000))
    assert table.column("dropped_attributes_count").to_pylist() == [0]


def test_attributes_past_the_limit_are_counted(server: Server) -> None:
    """Those beyond 32,768 are dropped, and their number is stored."""
    session = own("most")
    content = request(a_span(session, {f"key {n}": n for n in range(40_000)}))
    accepted(send(server, content))
    assert server.has_session(session)
    table = normalise(decode([content]), Limits())
    kept = len(table.column("attributes")[0])
    assert kept == Limits().attributes
    assert table.column("dropped_attributes_count").to_pylist() == [40_000 + 5 - kept]


def test_repeated_keys_are_stored_as_a_list_and_the_first_counts(server: Server) -> None:
    """OTLP forbids them, but clients send them."""
    first, second = own("first"), own("second")
    span = a_span(first)
    span.attributes.append(KeyValue(key="session.id", value=AnyValue(string_value=second)))
    accepted(send(server, request(span)))
    assert server.session(first)["spans_count"] == 1
    assert not server.has_session(second)
    table = normalise(decode([request(span)]), Limits())
    assert dict(table.column("attributes")[0].as_py())["session.id"] == json.dumps([first, second])


@pytest.mark.parametrize("name", ["name", "key", "value", "status", "scope", "event"])
def test_invalid_utf8_becomes_replacement_characters(server: Server, name: str) -> None:
    """In any field; the span and others of the request are stored."""
    session, neighbour = own("utf8"), own("neighbour")
    mark = "BROKEN"
    span = a_span(session, {mark if name == "key" else "k": mark if name == "value" else "v"})
    span.name = mark if name == "name" else "n"
    span.status.message = mark if name == "status" else "s"
    span.events.add(name=mark if name == "event" else "e")
    message = ExportTraceServiceRequest()
    scope_spans = message.resource_spans.add().scope_spans.add(spans=[a_span(neighbour), span])
    scope_spans.scope.name = mark if name == "scope" else "c"
    answer = accepted(send(server, message.SerializeToString().replace(b"BROKEN", b"BR\xffKEN")))
    assert not answer.partial_success.rejected_spans
    assert server.session(session)["usage"]["total_tokens"] == 15
    assert server.has_session(neighbour)


def test_invalid_utf8_in_a_session_id_is_replaced(server: Server) -> None:
    """The session is found by the resulting id, also in JSON."""
    session = own("utf8 id")
    content = request(a_span(f"{session}#")).replace(b"#", b"\xff")
    accepted(send(server, content))
    text = json.dumps(json_request(f"{session} json#")).encode().replace(b"#", b"\xff")
    assert send(server, text, JSON).status_code == 200
    assert server.session(f"{session}�")["external_id"] == f"{session}�"
    assert server.has_session(f"{session} json�")


@pytest.mark.parametrize("text", ["a\0b", "a/b?c=d#e%2F", "'; DROP TABLE spans --", "\n\t\\", "𝕊"])
def test_any_text_is_a_valid_session_id(server: Server, text: str) -> None:
    """Control characters, quotes and slashes included."""
    session = f"{own('text')} {text}"
    accepted(send(server, request(a_span(session))))
    assert server.session(session)["external_id"] == session


def test_long_names_are_truncated(server: Server) -> None:
    """To the limit of the API, up to a whole character, regardless of the batch."""
    session = own("long id") + "é" * 512
    for text in (session, session + "x" * MIB):
        long = {"user.id": text, "langfuse.trace.name": text, "sessionary.project": text}
        accepted(send(server, request(a_span(text, long), a_span(own()))))
    shown = server.session(session[:512])
    assert (shown["spans_count"], shown["external_id"]) == (2, session[:512])
    assert shown["contact_ids"] == [session[:512]]
    assert shown["project_id"] == session[:512]


def test_tags_of_a_span_are_limited(server: Server) -> None:
    """To the number and length that the API accepts."""
    session = own("tags")
    tags = [f"{number:03} {'x' * 300}" for number in range(200)]
    accepted(send(server, request(a_span(session, {"langfuse.trace.tags": json.dumps(tags)}))))
    assert server.session(session)["tags"] == [tag[:200] for tag in tags[:100]]


@pytest.mark.parametrize(
    "bad",
    [
        -5,
        -(2**63),
        2**62,
        math.nan,
        math.inf,
        -math.inf,
        1e300,
        -1.0,
        "NaN",
        "1e999",
        "-7",
        "",
        "x",
    ],
)
def test_impossible_figures_are_ignored(server: Server, bad: int | float | str) -> None:
    """Negative, not finite or too large; figures of other spans are not affected."""
    session = own("figures")
    parts = ("input_tokens", "output_tokens", "total_tokens", "cost", "input_cost", "output_cost")
    attributes = {f"gen_ai.usage.{part}": bad for part in parts}
    attributes |= {"gen_ai.usage.cache_read.input_tokens": bad, "llm.cost.total": bad}
    accepted(send(server, request(a_span(session, attributes), a_span(session))))
    shown = server.session(session)
    assert shown["usage"] == {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    assert shown["billing"] == {"input_cost": 0, "output_cost": 0, "total_cost": 0}
    assert (shown["model_calls_count"], shown["cached_tokens"]) == (2, 0)
    assert server.verify()["differences"] == []


def test_impossible_figures_in_json_are_ignored(server: Server) -> None:
    """NaN and infinities as text or as Python writes them."""
    session = own("json figures")
    for bad in ('"NaN"', '"Infinity"', "NaN", "-Infinity", "1e400", "-3"):
        body = json_request(session)
        cost = {"key": "gen_ai.usage.cost", "value": {"doubleValue": "#"}}
        body["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["attributes"].append(cost)
        content = json.dumps(body).replace('"#"', bad).encode()
        assert send(server, content, JSON).status_code == 200, bad
    assert server.session(session)["model_calls_count"] == 6
    assert server.session(session)["billing"]["total_cost"] == 0


def test_largest_figures_sum_exactly(server: Server) -> None:
    """A thousand calls with the maximum do not overflow."""
    session = own("largest")
    figures = {
        "gen_ai.usage.input_tokens": 1_000_000_000,
        "gen_ai.usage.output_tokens": 1_000_000_000,
        "gen_ai.usage.cost": 999_999.0,
    }
    accepted(send(server, request(*(a_span(session, figures) for _ in range(1000)))))
    shown = server.session(session)
    assert shown["usage"]["total_tokens"] == 2_000_000_000_000
    assert shown["billing"]["total_cost"] == 999_999_000
    assert server.verify()["differences"] == []


@pytest.mark.parametrize(
    "attributes",
    [
        {"gen_ai.response.finish_reasons": "[" * 100_000},
        {"tag.tags": "[" * 100_000},
        {"langfuse.trace.tags": '["a", ' * 50_000},
        {"gen_ai.response.finish_reasons": '{"a":' * 100_000},
        {"gen_ai.usage.input_tokens": "9" * 10_000},
        {"langfuse.observation.usage_details": '{"input":' * 100_000},
        {"langfuse.observation.usage_details": '{"input": ' + "9" * 10_000 + "}"},
        {"langfuse.observation.completion_start_time": "0001-01-01T00:00:00"},
        {"langfuse.observation.completion_start_time": '"9999-12-31T23:59:59"'},
        {"langfuse.observation.completion_start_time": "tomorrow"},
        {"input.value": "\0" * 1000},
        {"gen_ai.response.finish_reasons": r'["\ud83d"]'},
        {"langfuse.trace.tags": r'["\ud83d"]'},
        {"langfuse.observation.model.name": r'"\ud83d"'},
    ],
    ids=lambda attributes: " ".join(f"{k}={v[:12]}" for k, v in attributes.items()),
)
def test_unparsable_values_are_text(server: Server, attributes: Mapping[str, str]) -> None:
    """JSON nested too deeply, numbers of 10,000 digits, invalid times and text."""
    session = own("values")
    accepted(send(server, request(a_span(session, attributes))))
    assert server.session(session)["model_calls_count"] == 1


def test_odd_events_links_and_status_are_stored(server: Server) -> None:
    """Out-of-range times and unknown codes in fields without figures."""
    session = own("odd")
    span = a_span(session)
    span.events.add(name="gen_ai.first_token", time_unix_nano=2**64 - 1)
    span.events.add()
    span.links.add(trace_id=b"1", span_id=b"")
    accepted(send(server, request(span)))
    unknown_code = a_span(session)
    unknown_code.status.code = 2_000  # type: ignore[assignment]
    accepted(send(server, request(unknown_code)))
    assert server.session(session)["spans_count"] == 2
    assert server.session(session)["errors_count"] == 0
