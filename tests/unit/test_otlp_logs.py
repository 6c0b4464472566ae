"""Log records of sessions are stored, and reported model calls become spans."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue

from sessionary.otlp import wire
from sessionary.otlp.attributes import any_value
from sessionary.otlp.decode import decode
from sessionary.otlp.json.request import logs_to_protobuf
from sessionary.otlp.logs import Logs, read_logs

FIXTURES = Path(__file__).parents[1] / "fixtures"
CLAUDE = "com.anthropic.claude_code.events"
TIME = 1_795_301_854_397_000_000
TRACE_ID = bytes.fromhex("1a952f6853229e1004f281a5ab0e7be6")
SPAN_ID = bytes.fromhex("cb22c0aded7b33b4")


def request(
    *records: dict[str, Any], scope: str = CLAUDE, time: int = TIME, **members: Any
) -> bytes:
    """A request of one scope, with a record per mapping of attributes."""
    message = ExportLogsServiceRequest()
    resource_logs = message.resource_logs.add()
    resource_logs.resource.attributes.add(key="service.name").value.string_value = "cli"
    scope_logs = resource_logs.scope_logs.add()
    scope_logs.scope.name = scope
    for attributes in records:
        record = scope_logs.log_records.add(time_unix_nano=time, **members)
        for key, value in attributes.items():
            record.attributes.add(key=key).value.CopyFrom(_value(value))
    return message.SerializeToString()


def _value(value: Any) -> AnyValue:
    if isinstance(value, str):
        return AnyValue(string_value=value)
    return AnyValue(int_value=value) if isinstance(value, int) else AnyValue(double_value=value)


def spans_of(logs: Logs) -> list[Any]:
    """The spans with the names of their scopes."""
    if logs.spans is None:
        return []
    return [
        (scope_spans.scope.name, span)
        for resource_spans in wire.parse("TraceRequest", logs.spans).resource_spans
        for scope_spans in resource_spans.scope_spans
        for span in scope_spans.spans
    ]


def attributes_of(span: Any) -> dict[str, object]:
    """The attributes of a span."""
    return {pair.key: any_value(pair.value) for pair in span.attributes}


def test_captured_call_becomes_a_child_of_its_span() -> None:
    body = (FIXTURES / "claude_code" / "raw" / "002-logs.json").read_bytes()
    logs = read_logs(logs_to_protobuf(body))
    [(scope, span)] = spans_of(logs)
    attributes = attributes_of(span)
    assert [entry.event_name for entry in logs.entries] == [
        "user_prompt",
        "api_request",
        "assistant_response",
    ]
    assert (scope, span.name) == (CLAUDE, "api_request")
    assert (span.trace_id, span.parent_span_id) == (TRACE_ID, SPAN_ID)
    assert span.end_time_unix_nano - span.start_time_unix_nano == 106_000_000
    assert attributes["sessionary.signal"] == "log"
    assert attributes["sessionary.kind"] == "llm"
    assert attributes["input_tokens"] == 110
    assert decode([logs.spans or b""]).rejections == []


def test_captured_failure_is_a_failed_span() -> None:
    body = (FIXTURES / "claude_code" / "raw" / "006-logs.json").read_bytes()
    [(_, span)] = spans_of(read_logs(logs_to_protobuf(body)))
    assert (span.status.code, span.status.message) == (2, "Fake failure asked for by the test")


def test_captured_messages_are_stored_without_a_span() -> None:
    body = (FIXTURES / "otel_openai_v2_legacy" / "raw" / "002-logs.pb").read_bytes()
    logs = read_logs(body)
    assert logs.spans is None
    assert len(logs.entries) == 19
    assert json.loads(logs.entries[2].body) == {
        "index": 0,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": "Answer number 1."},
    }


@pytest.mark.parametrize(
    ("scope", "attributes", "bound_to"),
    [
        (CLAUDE, {"event.name": "api_request"}, CLAUDE),
        ("other", {"event.name": "claude_code.api_request"}, "com.anthropic.claude_code.logs"),
        ("other", {"event.name": "api_request"}, None),
        (CLAUDE, {"event.name": "tool_result"}, None),
        ("gemini-cli", {"event.name": "gemini_cli.api_response"}, "gemini-cli"),
        ("", {"event.name": "gemini_cli.api_error"}, "gemini.logs"),
        (
            "codex_otel",
            {
                "event.name": "codex.sse_event",
                "event.kind": "response.completed",
                "input_token_count": "110",
            },
            "codex_otel",
        ),
        ("codex_otel", {"event.name": "codex.sse_event", "event.kind": "response.created"}, None),
        (
            "codex_otel",
            {"event.name": "codex.sse_event", "event.kind": "response.completed"},
            None,
        ),
        ("codex_otel", {"event.name": "codex.api_request"}, None),
        ("codex_otel", {"event.name": "codex.api_request", "error.message": "no"}, "codex_otel"),
    ],
)
def test_only_call_events_of_a_convention_become_spans(
    scope: str, attributes: dict[str, Any], bound_to: str | None
) -> None:
    spans = spans_of(read_logs(request(attributes, scope=scope)))
    assert [name for name, _ in spans] == ([] if bound_to is None else [bound_to])


def test_records_of_other_programs_are_discarded() -> None:
    assert read_logs(request({"event.name": "boot"}, {}, scope="app")) == Logs(None, ())
    assert read_logs(b"") == Logs(None, ())


def test_event_name_is_the_attribute_then_the_field_then_the_body() -> None:
    body = AnyValue(string_value="gen_ai.body")
    named = request({"event.name": "gen_ai.a"}, event_name="src/x.rs:1", body=body, scope="s")
    field = request({}, event_name="gen_ai.field", body=body, scope="s")
    last = request({}, body=body, scope="s")
    names = [read_logs(sent).entries[0].event_name for sent in (named, field, last)]
    assert names == ["gen_ai.a", "gen_ai.field", "gen_ai.body"]


def test_repeated_record_is_the_same_span() -> None:
    call = {"event.name": "api_request", "session.id": "s", "event.sequence": 1}
    first, again = (spans_of(read_logs(request(call)))[0][1] for _ in range(2))
    [(_, a), (_, b)] = spans_of(read_logs(request(call, {**call, "event.sequence": 2})))
    assert first == again == a
    assert a.span_id != b.span_id


@given(st.permutations(["session.id", "model", "input_tokens", "event.name"]))
def test_order_of_attributes_does_not_distinguish_records(order: list[str]) -> None:
    call = {"event.name": "api_request", "session.id": "s", "model": "m", "input_tokens": 3}
    shuffled = {key: call[key] for key in order}
    ids = [spans_of(read_logs(request(sent)))[0][1].span_id for sent in (call, shuffled)]
    assert ids[0] == ids[1]


def test_calls_without_a_trace_share_one_per_prompt_of_a_session() -> None:
    call = {"event.name": "api_request", "session.id": "s", "prompt.id": "p"}
    sent = (call, {**call, "event.sequence": 2}, {**call, "prompt.id": "q"}, {"event.name": "x"})
    spans = [span for _, span in spans_of(read_logs(request(*sent)))]
    assert spans[0].trace_id == spans[1].trace_id != spans[2].trace_id
    assert {len(span.trace_id) for span in spans} == {16}
    assert {span.parent_span_id for span in spans} == {b""}


@pytest.mark.parametrize(
    ("duration", "nanoseconds"),
    [
        (106, 106_000_000),
        ("106", 106_000_000),
        (0.5, 500_000),
        (-4, 0),
        ("soon", 0),
        (float("nan"), 0),
        (float("inf"), 0),
        (2**62, 0),
    ],
)
def test_call_starts_its_duration_before_the_record(
    duration: float | str, nanoseconds: int
) -> None:
    call = {"event.name": "api_request", "duration_ms": duration}
    [(_, span)] = spans_of(read_logs(request(call)))
    assert span.end_time_unix_nano == TIME
    assert span.start_time_unix_nano == TIME - nanoseconds


def test_observed_time_replaces_a_missing_time() -> None:
    sent = request({"event.name": "api_request"}, time=0, observed_time_unix_nano=TIME)
    logs = read_logs(sent)
    assert logs.entries[0].time_ns == TIME
    assert spans_of(logs)[0][1].end_time_unix_nano == TIME


@pytest.mark.parametrize("time", [0, 2**64 - 1])
def test_impossible_time_is_ignored(time: int) -> None:
    assert read_logs(request({"event.name": "user_prompt"}, time=time)).entries[0].time_ns == 0


@pytest.mark.parametrize("key", ["session.id", "conversation.id", "gen_ai.conversation.id"])
def test_entry_has_its_session(key: str) -> None:
    assert read_logs(request({"event.name": "x", key: "sess"})).entries[0].session_id == "sess"


def test_values_that_json_cannot_represent_are_text() -> None:
    entry = read_logs(request({"event.name": "x", "score": float("nan")})).entries[0]
    assert json.loads(entry.attributes) == {"event.name": "x", "score": "NaN"}


def test_client_cannot_set_the_mark_of_spans_from_logs() -> None:
    call = {"event.name": "api_request", "sessionary.kind": "tool", "sessionary.signal": "trace"}
    [(_, span)] = spans_of(read_logs(request(call)))
    marks = [pair.value.string_value for pair in span.attributes if "sessionary." in pair.key]
    assert marks == ["log", "llm"]


def test_span_has_the_resource_of_its_record() -> None:
    logs = read_logs(request({"event.name": "api_request"}))
    resource = wire.parse("TraceRequest", logs.spans or b"").resource_spans[0].resource
    assert attributes_of(resource) == {"service.name": "cli"}


@given(
    st.dictionaries(
        st.sampled_from(["event.name", "session.id", "prompt.id", "duration_ms", "error", "x"]),
        st.sampled_from(["api_request", "api_error", "claude_code.api_error", "", "7"])
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(),
    ),
    st.sampled_from([CLAUDE, "", "codex", "x"]),
    st.integers(0, 2**64 - 1),
    st.binary(max_size=17),
    st.binary(max_size=17),
)
def test_odd_records_are_read(
    attributes: dict[str, Any], scope: str, time: int, trace_id: bytes, span_id: bytes
) -> None:
    sent = request(attributes, scope=scope, time=time, trace_id=trace_id, span_id=span_id)
    logs = read_logs(sent)
    for entry in logs.entries:
        assert len(entry.trace_id) in (0, 32)
        assert len(entry.span_id) in (0, 16, 32)
        json.loads(entry.attributes)
    assert [len(span.span_id) for _, span in spans_of(logs)] in ([], [8])


@given(st.binary())
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(ValueError):
        read_logs(body)
