"""Requests that no library sends, and assertions about the responses."""

import secrets
from collections.abc import Iterable, Mapping
from typing import TypeVar

import httpx
from google.protobuf.message import Message
from google.rpc.status_pb2 import Status as RpcStatus  # type: ignore[import-untyped]
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.support.generators import any_value
from tests.support.server import PROTOBUF, Json, Server

JSON = "application/json"
MIB = 1024 * 1024
START_NS = 1_767_614_400_000_000_000
MILLISECOND_NS = 1_000_000
INVALID_ARGUMENT = 3

Value = str | int | float | AnyValue
AnyMessage = TypeVar("AnyMessage", bound=Message)


def own(name: str = "") -> str:
    """A unique session id."""
    return f"bad-{name}-{secrets.token_hex(6)}"


def a_span(session: str = "", attributes: Mapping[str, Value] = {}, **fields: object) -> Span:
    """A model call of 10 + 5 tokens; `attributes` and `fields` override its values."""
    values: dict[str, Value] = {
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
        attributes=[KeyValue(key=key, value=any_value(value)) for key, value in values.items()],
    )
    for name, value in fields.items():
        setattr(span, name, value)
    return span


def request(*spans: Span) -> bytes:
    message = ExportTraceServiceRequest()
    message.resource_spans.add().scope_spans.add(spans=spans)
    return message.SerializeToString()


def json_request(session: str, **fields: object) -> Json:
    """A JSON request with one span; `fields` override its fields."""
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
    """Post any content; underscores in header names become hyphens."""
    headers = {name.replace("_", "-"): value for name, value in h.items()}
    if content_type is not None:
        headers["content-type"] = content_type
    return server.client.post("/v1/traces", content=content, headers=headers)


def accepted(response: httpx.Response) -> ExportTraceServiceResponse:
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == PROTOBUF
    return parsed(ExportTraceServiceResponse(), response)


def refused(response: httpx.Response, status: int, says: str) -> str:
    """Assert an error in the request's encoding that says a text; its message."""
    assert response.status_code == status, (response.status_code, response.text)
    if response.headers["content-type"] == PROTOBUF:
        status_message = parsed(RpcStatus(), response)
        code, message = status_message.code, status_message.message
    else:
        assert response.headers["content-type"] == JSON
        code, message = response.json()["code"], response.json()["message"]
    assert code == INVALID_ARGUMENT
    assert says
    assert says in message, message
    return str(message)


def parsed(message: AnyMessage, response: httpx.Response) -> AnyMessage:
    message.ParseFromString(response.content)
    return message


def partly(server: Server, session: str, *bad: Span) -> tuple[int, str]:
    """Post a good span among bad ones; the number of rejected spans and the reason."""
    answer = accepted(send(server, request(bad[0], a_span(session), *bad[1:])))
    assert server.session(session)["spans_count"] == 1
    return answer.partial_success.rejected_spans, answer.partial_success.error_message


def still_takes(server: Server) -> None:
    session = own("after")
    accepted(send(server, request(a_span(session))))
    assert server.has_session(session)
