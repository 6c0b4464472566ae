"""Values and spans nested thousands deep, and cyclic parents."""

import json
import random
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from sessionary.model.span_kind import AGENT, LLM
from tests.support.generators import export_request
from tests.support.odd_input import (
    JSON,
    MIB,
    MILLISECOND_NS,
    START_NS,
    a_span,
    accepted,
    json_request,
    own,
    refused,
    request,
    send,
    still_takes,
)
from tests.support.reference import RefSpan, roll_up, usage
from tests.support.server import PROTOBUF, Server

DEEP = 5_000


@pytest.mark.parametrize("kind", ["map", "list"])
def test_deeply_nested_values_are_accepted(server: Server, kind: str) -> None:
    """In protobuf, down to the maximum depth."""
    session = own("deep")
    value = nested_value(kind)
    attribute = length_delimited(9, length_delimited(1, b"deep") + length_delimited(2, value))
    span = a_span(session).SerializeToString() + attribute
    body = length_delimited(1, length_delimited(2, length_delimited(2, span)))
    assert send(server, body).status_code == 200
    assert server.session(session)["spans_count"] == 1


@pytest.mark.parametrize("kind", ["map", "list"])
def test_deeply_nested_json_is_accepted_or_400(server: Server, kind: str) -> None:
    """And the next request succeeds."""
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
def test_json_of_opening_brackets_is_400(server: Server, content: bytes) -> None:
    """A million brackets do not crash the server."""
    refused(send(server, content, JSON), 400, "nested too deeply")


def nested_value(kind: str) -> bytes:
    """The bytes of a deeply nested AnyValue, which no library can encode."""
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
    """5,000 spans, each a child of the previous; those in `kind_of` have usage."""
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
def test_chain_of_5000_spans_counts_each_call_once(server: Server, kinds: dict[int, str]) -> None:
    """In any order of arrival."""
    session = own("chain")
    spans = chain(session, kinds)
    shuffled = random.Random(5).sample(spans, len(spans))
    server.client.post(
        "/v1/traces",
        content=export_request(shuffled),
        headers={"content-type": PROTOBUF},
        timeout=60,
    ).raise_for_status()
    shown = server.session(session)
    _, (expected,) = roll_up(spans)
    figures = usage(expected.calls)
    assert shown["spans_count"] == DEEP
    assert shown["model_calls_count"] == figures.calls
    assert shown["usage"]["prompt_tokens"] == figures.prompt_tokens
    assert server.verify()["differences"] == []


@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_cyclic_parents_count_each_call_once(server: Server, size: int) -> None:
    """A span that is its own ancestor is accepted, and a call below a cycle counts."""
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
    shown = server.session(session)
    assert shown["spans_count"] == size + 1
    assert shown["model_calls_count"] == 1
    assert shown["usage"]["total_tokens"] == 15
    assert server.verify()["differences"] == []


def test_calls_in_a_cycle_are_counted(server: Server) -> None:
    """Two calls that name each other as parent both count."""
    session, trace_id = own("circle of calls"), secrets.token_bytes(16)
    one, two = secrets.token_bytes(8), secrets.token_bytes(8)
    spans = (
        a_span(session, trace_id=trace_id, span_id=one, parent_span_id=two),
        a_span(session, trace_id=trace_id, span_id=two, parent_span_id=one),
    )
    accepted(send(server, request(*spans)))
    assert server.session(session)["model_calls_count"] in (1, 2)
    assert server.verify()["differences"] == []
