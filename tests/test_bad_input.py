"""Bad input gets a clear answer, never ends the server and never costs anybody else a span.

All over HTTP against the shared server, each test with ids of its own; what the API does not show
yet (how long values are cut, repeated keys) is read from the decoded columns.
Bad queries stand in test_sessions_api.py.
"""

import gzip
import json
import math
import random
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import httpx
import pytest
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status as RpcStatus  # type: ignore[import-untyped]
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from sessionary.model.kind import AGENT, LLM
from sessionary.otlp.decode import decode
from sessionary.otlp.limits import Limits
from sessionary.otlp.normalise import normalise
from tests.generators import export_request
from tests.reference import RefSpan, roll_up, usage
from tests.server import PROTOBUF, Json, Server

JSON = "application/json"
MIB = 1024 * 1024
BODY_LIMIT = 32 * MIB
START_NS = 1_767_614_400_000_000_000
MILLISECOND_NS = 1_000_000
YEAR_2300_NS = 10_413_792_000_000_000_000
INVALID_ARGUMENT = 3
DEEP = 5_000
PACKERS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.compress, "deflate": zlib.compress}

Value = str | int | float | AnyValue
AnyMessage = TypeVar("AnyMessage", bound=Message)


def own(name: str = "") -> str:
    """A session id that no other test has."""
    return f"bad-{name}-{secrets.token_hex(6)}"


def a_span(session: str = "", attributes: Mapping[str, Value] = {}, **fields: object) -> Span:
    """A model call of 10 + 5 tokens, but for what `attributes` and `fields` say."""
    told: dict[str, Value] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.request.model": "made-up",
        "gen_ai.usage.input_tokens": 10,
        "gen_ai.usage.output_tokens": 5,
        **({"session.id": session} if session else {}),
        **attributes,
    }
    span = Span(
        trace_id=secrets.token_bytes(16),
        span_id=secrets.token_bytes(8),
        name="chat",
        start_time_unix_nano=START_NS,
        end_time_unix_nano=START_NS + MILLISECOND_NS,
        attributes=[KeyValue(key=key, value=any_value(value)) for key, value in told.items()],
    )
    for name, value in fields.items():
        setattr(span, name, value)
    return span


def any_value(value: Value) -> AnyValue:
    match value:
        case AnyValue():
            return value
        case str():
            return AnyValue(string_value=value)
        case int():
            return AnyValue(int_value=value)
        case float():
            return AnyValue(double_value=value)


def request(*spans: Span) -> bytes:
    message = ExportTraceServiceRequest()
    message.resource_spans.add().scope_spans.add(spans=spans)
    return message.SerializeToString()


def json_request(session: str, **fields: object) -> Json:
    """The same as JSON; `fields` replace those of the span."""
    texts = {"session.id": session, "gen_ai.operation.name": "chat"}
    attributes = [{"key": key, "value": {"stringValue": text}} for key, text in texts.items()]
    span = {
        "traceId": secrets.token_hex(16),
        "spanId": secrets.token_hex(8),
        "name": "chat",
        "startTimeUnixNano": str(START_NS),
        "endTimeUnixNano": str(START_NS + MILLISECOND_NS),
        "attributes": attributes,
        **fields,
    }
    return {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}


def send(
    server: Server, content: bytes | Iterable[bytes], content_type: str | None = PROTOBUF, **h: str
) -> httpx.Response:
    """Post whatever it is; underscores in the names of headers are hyphens."""
    headers = {name.replace("_", "-"): value for name, value in h.items()}
    if content_type is not None:
        headers["content-type"] = content_type
    return server.client.post("/v1/traces", content=content, headers=headers)


def accepted(response: httpx.Response) -> ExportTraceServiceResponse:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == PROTOBUF
    return parsed(ExportTraceServiceResponse(), response)


def refused(response: httpx.Response, status: int) -> str:
    """The message of an error, given in the request's encoding."""
    assert response.status_code == status, (response.status_code, response.text)
    if response.headers["content-type"] == PROTOBUF:
        told = parsed(RpcStatus(), response)
        code, message = told.code, told.message
    else:
        assert response.headers["content-type"] == JSON
        code, message = response.json()["code"], response.json()["message"]
    assert code == INVALID_ARGUMENT
    assert message
    return str(message)


def parsed(message: AnyMessage, response: httpx.Response) -> AnyMessage:
    message.ParseFromString(response.content)
    return message


def partly(server: Server, session: str, *bad: Span) -> tuple[int, str]:
    """Post a good span of `session` among bad ones: it is kept; how many were not, and why."""
    answer = accepted(send(server, request(bad[0], a_span(session), *bad[1:])))
    assert server.session(session)["spans_count"] == 1
    return answer.partial_success.rejected_spans, answer.partial_success.error_message


def still_takes(server: Server) -> None:
    session = own("after")
    accepted(send(server, request(a_span(session))))
    assert server.has_session(session)


# What is no request at all.


@pytest.mark.parametrize(
    "content",
    [b"\xff" * 100, b"hello", request(a_span())[:-7], b"\x0a\xff\xff\xff\xff\x0f", b"{}"],
    ids=["ones", "text", "truncated", "length past the end", "json"],
)
def test_garbage_in_protobuf_is_400_as_status_in_protobuf(server: Server, content: bytes) -> None:
    """The answer is a google.rpc.Status in protobuf that says why."""
    response = send(server, content)
    assert response.headers["content-type"] == PROTOBUF
    refused(response, 400)
    still_takes(server)


@pytest.mark.parametrize(
    "content",
    [
        b"\x0a\x01",
        b"[]",
        b'"text"',
        b'{"resourceSpans": [',
        b'{"resourceSpans": 7}',
        b'{"resourceSpans": [{"scopeSpans": [{"spans": ["span"]}]}]}',
        json.dumps(json_request("x", startTimeUnixNano="yesterday")).encode(),
        json.dumps(json_request("x", startTimeUnixNano=10**30)).encode(),
    ],
)
def test_garbage_in_json_is_400_as_status_in_json(server: Server, content: bytes) -> None:
    """The answer is the same status as JSON."""
    response = send(server, content, JSON)
    assert response.headers["content-type"] == JSON
    refused(response, 400)


def test_every_truncation_is_answered(server: Server) -> None:
    """A body cut anywhere is a shorter request or a 400, never another answer."""
    content = request(a_span(), a_span())
    for length in range(0, len(content), 7):
        assert send(server, content[:length]).status_code in (200, 400)
    text = json.dumps(json_request(own())).encode()
    for length in range(1, len(text), 17):
        refused(send(server, text[:length], JSON), 400)


def test_bad_neighbours_cost_a_good_request_nothing(server: Server) -> None:
    """Requests that share a flush are answered each for itself."""
    for round_ in range(5):
        session = own("neighbour")
        bodies = [request(a_span())[: -1 - n] for n in range(7)] + [secrets.token_bytes(99)] * 7
        bodies.insert(round_, request(a_span(session)))
        with ThreadPoolExecutor(len(bodies)) as pool:
            statuses = list(pool.map(lambda body: send(server, body).status_code, bodies))
        assert statuses == [200 if place == round_ else 400 for place in range(len(bodies))]
        assert server.session(session)["spans_count"] == 1


@pytest.mark.parametrize("content_type", [PROTOBUF, JSON])
def test_an_empty_body_is_an_empty_request(server: Server, content_type: str) -> None:
    """Nothing sent, nothing refused."""
    assert send(server, b"", content_type).status_code == 200
    assert send(server, b"", content_type, content_encoding="gzip").status_code == 200


# Headers.


@pytest.mark.parametrize("content_type", [None, "", "text/plain", "application/xml", "nonsense"])
def test_another_content_type_is_415(server: Server, content_type: str | None) -> None:
    """So is none; the answer says which would do."""
    message = refused(send(server, request(a_span()), content_type), 415)
    assert PROTOBUF in message
    assert JSON in message


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_come_with_a_charset_and_in_capitals(server: Server, content_type: str) -> None:
    """Parameters and case of a content type do not matter."""
    session = own("charset")
    content = json.dumps(json_request(session)).encode()
    assert send(server, content, content_type).status_code == 200
    assert server.has_session(session)


@pytest.mark.parametrize("encoding", ["GZIP", "gzip", "Gzip", "deflate", "identity", ""])
def test_known_encodings_in_any_case(server: Server, encoding: str) -> None:
    """`GZIP` is gzip."""
    session = own("encoding")
    content = request(a_span(session))
    packed = PACKERS.get(encoding.lower(), bytes)(content)
    accepted(send(server, packed, content_encoding=encoding))
    assert server.has_session(session)


def test_an_unknown_encoding_is_415(server: Server) -> None:
    """The answer names it and those that would do."""
    message = refused(send(server, request(a_span()), content_encoding="br"), 415)
    assert "br" in message
    assert "gzip" in message


@pytest.mark.parametrize(
    "content",
    [request(a_span()), gzip.compress(request(a_span()))[:-9], gzip.compress(b"\xff" * 50)],
    ids=["plain", "cut off", "garbage inside"],
)
def test_a_gzip_header_on_what_is_not_gzip_is_400(server: Server, content: bytes) -> None:
    """So is gzip that is cut off, or holds garbage."""
    refused(send(server, content, content_encoding="gzip"), 400)


# Size.


def test_a_body_over_the_limit_is_413(server: Server) -> None:
    """Whether its length is announced or it comes in chunks."""
    chunk = bytes(MIB)
    for content in (bytes(BODY_LIMIT + 1), (chunk for _ in range(BODY_LIMIT // MIB + 1))):
        assert str(BODY_LIMIT) in refused(send(server, content), 413)
    still_takes(server)


@pytest.mark.parametrize(
    ("path", "most"), [("/v2/sessions/query", BODY_LIMIT), ("/v2/sign-in", 16 * 1024)]
)
def test_json_over_the_limit_is_413(server: Server, path: str, most: int) -> None:
    """Whether its length is announced or it comes in chunks; one at the limit is read."""
    chunk = bytes(1024)
    for content in (bytes(most + 1), (chunk for _ in range(most // 1024 + 1))):
        answer = server.client.post(path, content=content, headers={"content-type": JSON})
        assert (answer.status_code, answer.json()["code"]) == (413, "413")
        assert str(most) in answer.json()["message"]
    answer = server.client.post(path, content=bytes(most), headers={"content-type": JSON})
    assert answer.status_code == 400


@pytest.mark.parametrize("layout", ["one member", "many members"])
def test_a_gzip_bomb_is_413_without_memory(server: Server, layout: str) -> None:
    """A megabyte that unpacks to a gigabyte takes no more memory than the largest good body."""
    if layout == "one member":
        packer = zlib.compressobj(wbits=31)
        parts = [packer.compress(bytes(16 * MIB)) for _ in range(64)]
        bomb = b"".join([*parts, packer.flush()])
    else:
        bomb = gzip.compress(bytes(MIB)) * 1024
    still_takes(server)
    clear_peak(server.pid)
    before = memory_mib(server.pid, "VmRSS")
    for _ in range(3):
        refused(send(server, bomb, content_encoding="gzip"), 413)
    assert memory_mib(server.pid, "VmHWM") - before < 100
    still_takes(server)


@pytest.mark.parametrize("content_type", [PROTOBUF, JSON])
def test_large_garbage_leaves_no_memory_behind(server: Server, content_type: str) -> None:
    """What was refused is not kept, whatever refused it."""
    start = b'{"' if content_type == JSON else b"\x0a\xff\xff\xff\x0f"
    content = start + b"x" * (30 * MIB)
    refused(send(server, content, content_type), 400)
    before = memory_mib(server.pid, "VmRSS")
    for _ in range(10):
        refused(send(server, content, content_type), 400)
    assert memory_mib(server.pid, "VmRSS") - before < 200


def clear_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def memory_mib(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024


# Spans that cannot be kept.


def with_id(field: str, value: bytes) -> Span:
    span = a_span()
    setattr(span, field, value)
    return span


@pytest.mark.parametrize("bad", [b"", b"\x01" * 7, b"\x01" * 17, bytes(16), bytes(8)])
@pytest.mark.parametrize("field", ["trace_id", "span_id"])
def test_bad_ids_are_refused_with_count_and_reason(server: Server, field: str, bad: bytes) -> None:
    """Missing, of another size or all zero: the good span beside them is kept."""
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
    """A time that is no time would stretch its session by centuries."""
    start, end = times
    bad = a_span(start_time_unix_nano=start, end_time_unix_nano=end)
    count, why = partly(server, own("times"), bad)
    assert count == 1
    assert "time_unix_nano" in why


def test_every_reason_is_told(server: Server) -> None:
    """Several faults in one request: all counted, each named."""
    bad = (a_span(trace_id=b""), a_span(span_id=b""), a_span(span_id=b"1"))
    count, why = partly(server, own("reasons"), *bad, a_span(start_time_unix_nano=1))
    assert count == 4
    assert all(name in why for name in ("trace_id", "span_id", "start_time_unix_nano"))


def test_a_refusal_in_json_has_the_same_figures(server: Server) -> None:
    """Ids that are not hex spoil their span alone."""
    body = json_request(own(), traceId="xyz")
    good = own("json")
    body["resourceSpans"] += json_request(good)["resourceSpans"]
    partial = send(server, json.dumps(body).encode(), JSON).json()["partialSuccess"]
    assert partial["rejectedSpans"] == "1"
    assert "trace_id" in partial["errorMessage"]
    assert server.session(good)["spans_count"] == 1


# Spans that are kept as well as can be.


def test_an_end_before_the_start_is_no_time(server: Server) -> None:
    """Clocks drift: the span is kept and took no time."""
    session = own("drift")
    answer = accepted(send(server, request(a_span(session, end_time_unix_nano=START_NS - 10**9))))
    assert not answer.partial_success.rejected_spans
    assert server.session(session)["duration"] == 0
    assert server.session(session)["usage"]["total_tokens"] == 15


def test_a_long_value_is_cut_and_marked(server: Server) -> None:
    """10 MB of attribute: the first MiB is kept, at a whole character, and the name is marked."""
    session = own("long")
    content = request(a_span(session, {"long": "€" * (10 * MIB // 3)}))
    accepted(send(server, content))
    assert server.session(session)["model_calls_count"] == 1
    table = normalise(decode([content]), Limits())
    kept = dict(table.column("attributes")[0].as_py())["long"]
    assert kept == "€" * (MIB // 3)
    assert table.column("truncated_attributes").to_pylist() == [["long"]]


def test_ten_thousand_attributes_are_all_kept(server: Server) -> None:
    """Many is not too many."""
    session = own("many")
    content = request(a_span(session, {f"key {n}": f"value {n}" for n in range(10_000)}))
    accepted(send(server, content))
    assert server.has_session(session)
    table = normalise(decode([content]), Limits())
    kept = dict(table.column("attributes")[0].as_py())
    assert all(kept[f"key {n}"] == f"value {n}" for n in range(10_000))
    assert table.column("dropped_attributes_count").to_pylist() == [0]


def test_attributes_past_the_limit_are_counted(server: Server) -> None:
    """Beyond 32,768 the rest is left out, and how many is told."""
    session = own("most")
    content = request(a_span(session, {f"key {n}": n for n in range(40_000)}))
    accepted(send(server, content))
    assert server.has_session(session)
    table = normalise(decode([content]), Limits())
    kept = len(table.column("attributes")[0])
    assert kept == Limits().attributes
    assert table.column("dropped_attributes_count").to_pylist() == [40_000 + 5 - kept]


def test_repeated_keys_are_kept_as_a_list_and_the_first_speaks(server: Server) -> None:
    """OTLP forbids them and clients send them."""
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
    """Wherever it stands, the span and its neighbours are kept."""
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


def test_an_invalid_session_id_is_kept_with_replacement_characters(server: Server) -> None:
    """Its session is found under what it became; in JSON likewise."""
    session = own("utf8 id")
    content = request(a_span(f"{session}#")).replace(b"#", b"\xff")
    accepted(send(server, content))
    text = json.dumps(json_request(f"{session} json#")).encode().replace(b"#", b"\xff")
    assert send(server, text, JSON).status_code == 200
    assert server.session(f"{session}�")["external_id"] == f"{session}�"
    assert server.has_session(f"{session} json�")


@pytest.mark.parametrize("text", ["a\0b", "a/b?c=d#e%2F", "'; DROP TABLE spans --", "\n\t\\", "𝕊"])
def test_any_text_is_a_session_id(server: Server, text: str) -> None:
    """Control characters, quotes and slashes included."""
    session = f"{own('text')} {text}"
    accepted(send(server, request(a_span(session))))
    assert server.session(session)["external_id"] == session


def test_a_long_name_of_something_is_cut(server: Server) -> None:
    """As the API bounds it, at a whole character, whatever else is in the batch."""
    session = own("long id") + "é" * 512
    for text in (session, session + "x" * MIB):
        long = {"user.id": text, "langfuse.trace.name": text, "sessionary.project": text}
        accepted(send(server, request(a_span(text, long), a_span(own()))))
    told = server.session(session[:512])
    assert (told["spans_count"], told["external_id"]) == (2, session[:512])
    assert told["contact_ids"] == [session[:512]]
    assert told["project_id"] == session[:512]


def test_a_span_has_only_so_many_tags(server: Server) -> None:
    """As many as the API takes, and none longer."""
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
def test_impossible_figures_count_as_absent(server: Server, bad: int | float | str) -> None:
    """Negative, not finite or far too large: neither tokens nor money, and nobody else's change."""
    session = own("figures")
    parts = ("input_tokens", "output_tokens", "total_tokens", "cost", "input_cost", "output_cost")
    attributes = {f"gen_ai.usage.{part}": bad for part in parts}
    attributes |= {"gen_ai.usage.cache_read.input_tokens": bad, "llm.cost.total": bad}
    accepted(send(server, request(a_span(session, attributes), a_span(session))))
    told = server.session(session)
    assert told["usage"] == {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
    assert told["billing"] == {"input_cost": 0, "output_cost": 0, "total_cost": 0}
    assert (told["model_calls_count"], told["cached_tokens"]) == (2, 0)
    assert server.verify()["differences"] == []


def test_impossible_figures_in_json_count_as_absent(server: Server) -> None:
    """NaN and the infinities come as text there, or as Python writes them."""
    session = own("json figures")
    for bad in ('"NaN"', '"Infinity"', "NaN", "-Infinity", "1e400", "-3"):
        body = json_request(session)
        cost = {"key": "gen_ai.usage.cost", "value": {"doubleValue": "#"}}
        body["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["attributes"].append(cost)
        content = json.dumps(body).replace('"#"', bad).encode()
        assert send(server, content, JSON).status_code == 200, bad
    assert server.session(session)["model_calls_count"] == 6
    assert server.session(session)["billing"]["total_cost"] == 0


def test_the_largest_figures_add_up_exactly(server: Server) -> None:
    """A thousand calls of the most that a call may have: no sum overflows."""
    session = own("largest")
    figures = {
        "gen_ai.usage.input_tokens": 1_000_000_000,
        "gen_ai.usage.output_tokens": 1_000_000_000,
        "gen_ai.usage.cost": 999_999.0,
    }
    accepted(send(server, request(*(a_span(session, figures) for _ in range(1000)))))
    told = server.session(session)
    assert told["usage"]["total_tokens"] == 2_000_000_000_000
    assert told["billing"]["total_cost"] == 999_999_000
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
def test_a_value_that_cannot_be_read_is_only_text(
    server: Server, attributes: Mapping[str, str]
) -> None:
    """JSON nested past all bounds, numbers of 10,000 digits, times and text that are none."""
    session = own("values")
    accepted(send(server, request(a_span(session, attributes))))
    assert server.session(session)["model_calls_count"] == 1


def test_odd_events_links_and_status_are_kept(server: Server) -> None:
    """Times past all bounds and unknown codes, where nothing is counted by them."""
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


# Depth.


@pytest.mark.parametrize("kind", ["map", "list"])
def test_values_nested_thousands_deep_end_nobody(server: Server, kind: str) -> None:
    """In protobuf they are kept as far as they are read."""
    session = own("deep")
    value = nested_value(kind)
    attribute = length_delimited(9, length_delimited(1, b"deep") + length_delimited(2, value))
    span = a_span(session).SerializeToString() + attribute
    body = length_delimited(1, length_delimited(2, length_delimited(2, span)))
    assert send(server, body).status_code == 200
    assert server.session(session)["spans_count"] == 1


@pytest.mark.parametrize("kind", ["map", "list"])
def test_json_nested_thousands_deep_ends_nobody(server: Server, kind: str) -> None:
    """Kept as far as they are read, or 400; the next request is served as ever."""
    session = own("deep json")
    opened = (
        '{"arrayValue":{"values":['
        if kind == "list"
        else '{"kvlistValue":{"values":[{"key":"k","value":'
    )
    closed = "]}}" if kind == "list" else "}]}}"
    inner = '{"stringValue":"x"}'
    body = json_request(session)
    attributes = body["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["attributes"]
    attributes.append({"key": "deep", "value": "#"})
    text = json.dumps(body).replace('"#"', opened * DEEP + inner + closed * DEEP)
    status = send(server, text.encode(), JSON).status_code
    assert status in (200, 400)
    assert server.has_session(session) == (status == 200)
    still_takes(server)


@pytest.mark.parametrize("content", [b"[" * MIB, b'{"a":' * MIB], ids=["lists", "objects"])
def test_json_that_only_opens_is_400(server: Server, content: bytes) -> None:
    """A million brackets are no reason to end."""
    refused(send(server, content, JSON), 400)


def nested_value(kind: str) -> bytes:
    """An AnyValue of that many lists or maps inside each other, as bytes: no library makes it."""
    value = length_delimited(1, b"x")
    for _ in range(DEEP):
        if kind == "list":
            value = length_delimited(5, length_delimited(1, value))
        else:
            pair = length_delimited(1, b"k") + length_delimited(2, value)
            value = length_delimited(6, length_delimited(1, pair))
    return value


def length_delimited(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + b"".join(varint(len(content))) + content


def varint(number: int) -> Iterator[bytes]:
    while number > 0x7F:
        yield bytes([number & 0x7F | 0x80])
        number >>= 7
    yield bytes([number])


def chain(session: str, kind_of: Mapping[int, str]) -> list[RefSpan]:
    """5,000 spans, each the child of the one before; those in `kind_of` use tokens."""
    trace_id = secrets.token_hex(16)
    spans = []
    for number in range(1, DEEP + 1):
        span = RefSpan(
            trace_id,
            f"{number:016x}",
            f"{number - 1:016x}" if number > 1 else "",
            name="step",
            start_ns=START_NS + number,
            end_ns=START_NS + MILLISECOND_NS + DEEP - number,
            kind=kind_of.get(number, "chain"),
            scope="app",
            session_id=session if number == 1 else "",
        )
        if number in kind_of:
            span = replace(
                span,
                request_model="made-up",
                response_model="made-up",
                input_tokens=number,
                reports_usage=True,
            )
        spans.append(span)
    return spans


@pytest.mark.parametrize(
    "kinds",
    [
        {DEEP: LLM},
        dict.fromkeys(range(100, DEEP + 1, 100), LLM),
        {**dict.fromkeys(range(1, DEEP, 50), AGENT), DEEP: LLM},
    ],
    ids=["a call at its end", "calls far apart", "agents on the way"],
)
def test_a_chain_of_5000_spans_counts_each_call_once(server: Server, kinds: dict[int, str]) -> None:
    """Depth costs no call and no answer, whatever the order of arrival."""
    session = own("chain")
    spans = chain(session, kinds)
    shuffled = random.Random(5).sample(spans, len(spans))
    server.client.post(
        "/v1/traces",
        content=export_request(shuffled),
        headers={"content-type": PROTOBUF},
        timeout=60,
    ).raise_for_status()
    told = server.session(session)
    _, (expected,) = roll_up(spans)
    figures = usage(expected.calls)
    assert told["spans_count"] == DEEP
    assert told["model_calls_count"] == figures.calls
    assert told["usage"]["prompt_tokens"] == figures.prompt_tokens
    assert server.verify()["differences"] == []


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_parents_in_a_circle_count_each_call_once(server: Server, size: int) -> None:
    """A span that is its own ancestor has an answer too, and a call below a circle counts."""
    session, trace_id = own("circle"), secrets.token_bytes(16)
    ids = [secrets.token_bytes(8) for _ in range(size)]
    circle = [
        a_span(session, {"gen_ai.operation.name": "invoke_agent"}, trace_id=trace_id, span_id=mine,
               parent_span_id=ids[place - 1])
        for place, mine in enumerate(ids)
    ]  # fmt: skip
    call = a_span(trace_id=trace_id, parent_span_id=ids[0])
    response = server.client.post(
        "/v1/traces",
        content=request(*circle, call),
        headers={"content-type": PROTOBUF},
        timeout=60,
    )
    accepted(response)
    told = server.session(session)
    assert told["spans_count"] == size + 1
    assert told["model_calls_count"] == 1
    assert told["usage"]["total_tokens"] == 15
    assert server.verify()["differences"] == []


def test_calls_in_a_circle_are_counted(server: Server) -> None:
    """Two calls that name each other as parent: neither is lost to the other for good."""
    session, trace_id = own("circle of calls"), secrets.token_bytes(16)
    one, two = secrets.token_bytes(8), secrets.token_bytes(8)
    spans = (
        a_span(session, trace_id=trace_id, span_id=one, parent_span_id=two),
        a_span(session, trace_id=trace_id, span_id=two, parent_span_id=one),
    )
    accepted(send(server, request(*spans)))
    assert server.session(session)["model_calls_count"] in (1, 2)
    assert server.verify()["differences"] == []
