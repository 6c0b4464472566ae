"""Conversion of OTLP/JSON and orq's JSON to protobuf requests."""

import base64
import json
import math
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue

from sessionary.otlp import wire
from sessionary.otlp.attributes import any_value
from sessionary.otlp.decode import decode
from sessionary.otlp.json.request import logs_to_protobuf, traces_to_protobuf
from sessionary.otlp.orq_traced import traced_to_protobuf

FIXTURES = Path(__file__).parents[1] / "fixtures"
START = 1_795_301_652_794_000_001
TRACE_ID = "60289fd9a30676819def0995080a5e08"
SPAN_ID = "3205ab41f5aed67e"

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    # JSON has one NaN, doubles have many.
    | st.floats(allow_nan=False)
    | st.just(math.nan)
    | st.text()
    | st.binary(max_size=20)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def as_json(value: Any, *, quoted: bool) -> dict[str, Any]:
    """The OTLP/JSON of a Python value; `quoted` integers are strings (standard)."""
    match value:
        case None:
            return {}
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": str(value) if quoted else value}
        case float():
            return {"doubleValue": value if math.isfinite(value) else _named(value)}
        case str():
            return {"stringValue": value}
        case bytes():
            return {"bytesValue": base64.b64encode(value).decode()}
        case list():
            return {"arrayValue": {"values": [as_json(item, quoted=quoted) for item in value]}}
        case _:
            pairs = [{"key": k, "value": as_json(v, quoted=quoted)} for k, v in value.items()]
            return {"kvlistValue": {"values": pairs}}


def _named(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def as_message(value: Any) -> AnyValue:
    """The opentelemetry-proto message of a Python value."""
    message = AnyValue()
    match value:
        case None:
            pass
        case bool():
            message.bool_value = value
        case int():
            message.int_value = value
        case float():
            message.double_value = value
        case str():
            message.string_value = value
        case bytes():
            message.bytes_value = value
        case list():
            message.array_value.SetInParent()
            message.array_value.values.extend(as_message(item) for item in value)
        case _:
            message.kvlist_value.SetInParent()
            for key, item in value.items():
                message.kvlist_value.values.add(key=key).value.CopyFrom(as_message(item))
    return message


def span(**members: Any) -> dict[str, Any]:
    """A valid span; `members` replace or extend its own."""
    whole = {"traceId": TRACE_ID, "spanId": SPAN_ID, "name": "chat"}
    times = {"startTimeUnixNano": str(START), "endTimeUnixNano": str(START + 5)}
    return {**whole, **times, **members}


def request(*spans: Any) -> bytes:
    """A JSON request of one scope."""
    return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": list(spans)}]}]}).encode()


def only_span(body: bytes) -> Any:
    """The single span of a converted request, as opentelemetry-proto reads it."""
    message = ExportTraceServiceRequest.FromString(traces_to_protobuf(body))
    return message.resource_spans[0].scope_spans[0].spans[0]


@given(values, st.booleans())
def test_values_equal_those_of_opentelemetry_proto(value: Any, quoted: bool) -> None:
    attribute = {"key": "k", "value": as_json(value, quoted=quoted)}
    read = only_span(request(span(attributes=[attribute]))).attributes[0].value
    # NaN is not equal to itself, but its bytes are.
    assert read.SerializeToString(deterministic=True) == as_message(value).SerializeToString(
        deterministic=True
    )


@given(st.recursive(st.none() | st.text() | st.integers() | st.floats(), st.lists) | st.text())
def test_malformed_values_are_refused_without_other_errors(content: Any) -> None:
    bodies = (
        json.dumps(content),
        json.dumps({"resourceSpans": content}),
        request(content).decode(),
        request(span(attributes=content, status=content, startTimeUnixNano=content)).decode(),
        request(span(attributes=[{"key": "k", "value": {"intValue": content}}])).decode(),
    )
    for body in bodies:
        with suppress(ValueError):
            decode([traces_to_protobuf(body.encode())])


@given(st.binary())
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    for convert in (traces_to_protobuf, logs_to_protobuf, traced_to_protobuf):
        with suppress(ValueError):
            convert(body)


def test_every_field_of_a_span_is_converted() -> None:
    read = only_span(
        request(
            span(
                parentSpanId="D58549FEB90BB34B",
                kind="SPAN_KIND_CLIENT",
                status={"code": "STATUS_CODE_ERROR", "message": "boom"},
                events=[{"timeUnixNano": START, "name": "e", "attributes": None}],
                links=[{"traceId": TRACE_ID, "spanId": SPAN_ID, "flags": 1}],
                flags=257,
                droppedAttributesCount=0,
                attributes=[{"key": "unset"}, {"key": "null", "value": None}],
            )
        )
    )
    assert read.trace_id.hex() == TRACE_ID
    assert read.parent_span_id.hex() == "d58549feb90bb34b"
    assert (read.kind, read.status.code, read.status.message) == (3, 2, "boom")
    assert (read.start_time_unix_nano, read.end_time_unix_nano) == (START, START + 5)
    assert (read.events[0].name, read.events[0].time_unix_nano) == ("e", START)
    assert read.links[0].span_id.hex() == SPAN_ID
    assert [pair.key for pair in read.attributes] == ["unset", "null"]


def test_attribute_without_a_value_is_null() -> None:
    unset = [{"key": "unset"}, {"key": "null", "value": None}, {"key": "empty", "value": {}}]
    columns = decode([traces_to_protobuf(request(span(attributes=unset)))])
    assert columns.attributes.text.to_pylist() == ["null", "null", "null"]


def test_snake_case_names_are_accepted() -> None:
    snake = {
        "trace_id": TRACE_ID,
        "span_id": SPAN_ID,
        "name": "chat",
        "start_time_unix_nano": START,
        "end_time_unix_nano": START + 5,
        "attributes": [{"key": "n", "value": {"int_value": "7"}}],
    }
    body = json.dumps({"resource_spans": [{"scope_spans": [{"spans": [snake]}]}]}).encode()
    camel = span(attributes=[{"key": "n", "value": {"intValue": 7}}])
    assert traces_to_protobuf(body) == traces_to_protobuf(request(camel))


def test_lone_surrogate_becomes_the_replacement_character() -> None:
    broken = r'{"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a\ud83db 😀"}]}]}]}'
    assert only_span(broken.encode()).name == "a\ufffdb 😀"


@pytest.mark.parametrize("bad", ["", "xyz", "123", TRACE_ID + "zz", "AAAA=="])
def test_invalid_id_rejects_only_its_span(bad: str) -> None:
    columns = decode([traces_to_protobuf(request(span(spanId=bad), span(name="good")))])
    assert columns.name.to_pylist() == ["good"]
    assert sum(rejection.count for rejection in columns.rejections) == 1


def test_span_id_of_sixteen_bytes_is_accepted() -> None:
    assert only_span(request(span(spanId=TRACE_ID))).span_id.hex() == TRACE_ID


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (span(name=5), "spans[0].name: must be a string, not 5"),
        (span(startTimeUnixNano="soon"), "startTimeUnixNano: must be an integer, not 'soon'"),
        (span(startTimeUnixNano=-1), "startTimeUnixNano: must be an integer from 0 to"),
        (span(endTimeUnixNano=2**64), "endTimeUnixNano: must be an integer from 0 to"),
        (span(status={"code": "BAD"}), "status.code: must be an integer, not 'BAD'"),
        (span(events={}), "spans[0].events: must be a list, not dict"),
        (span(attributes=[{"key": "k", "value": 1}]), "attributes[0].value: must be an object"),
        (
            span(attributes=[{"key": "k", "value": {"intValue": 2**63}}]),
            "resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value.intValue: must be an",
        ),
        (
            span(attributes=[{"key": "k", "value": {"bytesValue": "%"}}]),
            "value.bytesValue: must be base64",
        ),
        (
            span(attributes=[{"key": "k", "value": {"arrayValue": {"values": [{}, 3]}}}]),
            "value.arrayValue.values[1]: must be an object, not 3",
        ),
    ],
)
def test_fault_is_reported_with_its_path(broken: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the text is compared below
        traces_to_protobuf(request(broken))
    assert message in str(caught.value)


@pytest.mark.parametrize("convert", [traces_to_protobuf, logs_to_protobuf, traced_to_protobuf])
@pytest.mark.parametrize("body", [b"[]", b"{", b"1", b"[" * 100_000, b"nul", b" \n"])
def test_body_that_is_not_an_object_is_refused(
    convert: Callable[[bytes], bytes], body: bytes
) -> None:
    with pytest.raises(ValueError, match=r"body|object"):
        convert(body)


@pytest.mark.parametrize("convert", [traces_to_protobuf, logs_to_protobuf, traced_to_protobuf])
@pytest.mark.parametrize("body", [b"", b"{}", b"\xef\xbb\xbf{}", b'{"other": [1]}'])
def test_body_without_content_is_an_empty_request(
    convert: Callable[[bytes], bytes], body: bytes
) -> None:
    assert convert(body) == b""


def test_values_are_limited_to_32_levels() -> None:
    def nested(depth: int) -> bytes:
        value: Any = "leaf"
        for level in range(depth):
            value = [value] if level % 2 else {"k": value}
        return request(span(attributes=[{"key": "k", "value": as_json(value, quoted=True)}]))

    assert traces_to_protobuf(nested(32))
    with pytest.raises(ValueError, match="deeper than 32"):
        traces_to_protobuf(nested(33))


@pytest.mark.parametrize("name", ["claude_code", "orq_langchain", "vercel_ai_v5_json"])
def test_captured_bodies_lose_no_span_and_no_attribute(name: str) -> None:
    for path in sorted((FIXTURES / name / "raw").glob("*-traces.json")):
        sent = [
            entry
            for resource in json.loads(path.read_bytes())["resourceSpans"]
            for scope in resource["scopeSpans"]
            for entry in scope["spans"]
        ]
        columns = decode([traces_to_protobuf(path.read_bytes())])
        assert columns.rejections == []
        assert columns.span_id.to_pylist() == [entry["spanId"] for entry in sent]
        assert columns.start_ns.tolist() == [int(entry["startTimeUnixNano"]) for entry in sent]
        keys = [columns.attributes.names[code] for code in columns.attributes.code]
        assert keys == [pair["key"] for entry in sent for pair in entry["attributes"]]


def test_captured_log_records_are_converted() -> None:
    path = FIXTURES / "claude_code" / "raw" / "002-logs.json"
    message = ExportLogsServiceRequest.FromString(logs_to_protobuf(path.read_bytes()))
    records = message.resource_logs[0].scope_logs[0].log_records
    bodies = [record.body.string_value for record in records]
    assert bodies[1:] == ["claude_code.api_request", "claude_code.assistant_response"]
    assert records[1].trace_id.hex() == "1a952f6853229e1004f281a5ab0e7be6"
    assert records[1].time_unix_nano == 1_795_301_854_397_000_000


def traced_span(**members: Any) -> Any:
    """The single span of a converted `@traced` body."""
    context = {"trace_id": TRACE_ID, "span_id": SPAN_ID}
    entry = {"context": context, "start_time": "2026-11-21T22:54:12.794Z", **members}
    body = json.dumps({"spans": [entry]}).encode()
    return wire.parse("TraceRequest", traced_to_protobuf(body)).resource_spans[0].scope_spans[0]


def attributes_of(owner: Any) -> dict[str, object]:
    """The attributes of a parsed message."""
    return {pair.key: any_value(pair.value) for pair in owner.attributes}


def test_captured_traced_spans_keep_their_tree_kinds_and_content() -> None:
    body = (FIXTURES / "orq_traced" / "raw" / "001-traces.json").read_bytes()
    scope = wire.parse("TraceRequest", traced_to_protobuf(body)).resource_spans[0].scope_spans[0]
    tool, llm, turn = scope.spans
    assert scope.scope.name == "orq.traced"
    assert tool.parent_span_id == llm.parent_span_id == turn.span_id
    assert turn.parent_span_id == b""
    assert attributes_of(tool) == {
        "status": "success",
        "orq.span.kind": "tool",
        "input.value": '{"city": "Paris"}',
        "output.value": "18C sunny",
    }
    assert decode([traced_to_protobuf(body)]).rejections == []


def test_failed_traced_span_has_its_error() -> None:
    body = (FIXTURES / "orq_traced" / "raw" / "002-traces.json").read_bytes()
    columns = decode([traced_to_protobuf(body)])
    assert (columns.status_code.tolist(), columns.status_message.to_pylist()) == ([2], ["boom"])


def test_traced_attributes_keep_their_types() -> None:
    attributes = {"n": 3, "f": 0.5, "b": True, "l": ["a", {"x": [1]}], "m": {"k": None}}
    read = attributes_of(traced_span(attributes={**attributes, "huge": 2**70}).spans[0])
    assert read == {**attributes, "huge": str(2**70)}


def test_traced_model_call_has_usage_session_and_contact() -> None:
    metrics = {
        "prompt_tokens": 110,
        "completion_tokens": 21,
        "prompt_tokens_details": {"cached_tokens": 64},
    }
    scope = traced_span(
        context={
            "trace_id": TRACE_ID,
            "span_id": SPAN_ID,
            "session_id": "sess-A-001",
            "user_id": "user-alice",
        },
        attributes={"metrics": metrics, "request": {"provider": "openai", "model": "gpt-4o"}},
        events=[{"name": "e", "timestamp": "2026-11-21T22:54:12.794Z", "attributes": {"a": 1}}],
    )
    read = attributes_of(scope.spans[0])
    assert read["gen_ai.usage.input_tokens"] == 110
    assert read["gen_ai.usage.cache_read.input_tokens"] == 64
    assert read["gen_ai.request.model"] == "gpt-4o"
    assert (read["orq.session_id"], read["orq.identity_id"]) == ("sess-A-001", "user-alice")
    assert attributes_of(scope.spans[0].events[0]) == {"a": 1}


@pytest.mark.parametrize(
    ("sent", "nanoseconds"),
    [
        ("2026-11-21T22:54:12.794Z", 1_795_301_652_794_000_000),
        ("2026-11-21T22:54:12", 1_795_301_652_000_000_000),
        ("2026-11-21T22:54:12.123456789Z", 1_795_301_652_123_456_789),
        ("2026-11-21T23:54:12.5+01:00", 1_795_301_652_500_000_000),
        ("1795301652794", 1_795_301_652_794_000_000),
        ("1969-12-31T23:59:59Z", 0),
    ],
)
def test_traced_times_are_exact(sent: str, nanoseconds: int) -> None:
    assert traced_span(end_time=sent).spans[0].end_time_unix_nano == nanoseconds


def test_invalid_traced_time_is_reported() -> None:
    with pytest.raises(ValueError, match=r"spans\[0\].end_time: must be a time"):
        traced_span(end_time="yesterday")
