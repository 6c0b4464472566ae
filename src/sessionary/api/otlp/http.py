"""OTLP over HTTP, and the paths under which orq's and Langfuse's exporters expect it.

Source: https://opentelemetry.io/docs/specs/otlp/#otlphttp
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response

from sessionary.api.auth.middleware import principal_of, requires
from sessionary.api.http.body import read_body
from sessionary.api.http.body_types import referred
from sessionary.api.http.rpc_status import rpc_code, status_bytes
from sessionary.api.network.client import caller_of
from sessionary.api.otlp.export import (
    LOGS,
    METRICS,
    TRACES,
    Convert,
    Signal,
    export,
    forget_frames,
    response_bytes,
)
from sessionary.errors import RetryLaterError, SessionaryError, UnsupportedMediaTypeError
from sessionary.ingest.submission import Acknowledgement
from sessionary.model.access import Scope
from sessionary.otlp.json.request import logs_to_protobuf, traces_to_protobuf
from sessionary.otlp.orq_traced import traced_to_protobuf

_PROTOBUF = "application/x-protobuf"
_JSON = "application/json"
_MEDIA_TYPES = {_PROTOBUF: _PROTOBUF, "application/protobuf": _PROTOBUF, _JSON: _JSON}

# The SDKs' own, LangSmith's, orq's, Langfuse's.
_PREFIXES = ("", "/otel", "/v2/otel", "/api/public/otel")
# JSON is parsed to Python objects, which take this many times its size.
_CONVERSION_COPIES = 4
_TRACED_PATH = "/v2/traces/v1/traces"


@dataclass(frozen=True, slots=True)
class _Receiver:
    """How one kind of request is read: `converts` has the media types that it may come in."""

    signal: Signal
    summary: str
    schema: str
    """The name of its JSON schema."""
    converts: dict[str, Convert | None]


_RECEIVERS = (
    _Receiver(
        TRACES, "Ingest traces (OTLP)", "OtlpTraces", {_PROTOBUF: None, _JSON: traces_to_protobuf}
    ),
    _Receiver(
        LOGS, "Ingest log records (OTLP)", "OtlpLogs", {_PROTOBUF: None, _JSON: logs_to_protobuf}
    ),
    _Receiver(
        METRICS, "Accept and discard metrics (OTLP)", "OtlpMetrics", {_PROTOBUF: None, _JSON: None}
    ),
)
_TRACED = _Receiver(
    TRACES, "Ingest spans of orq's @traced", "OrqSpans", {_JSON: traced_to_protobuf}
)
_ROUTES = {
    f"{prefix}/v1/{receiver.signal.name}": receiver
    for receiver in _RECEIVERS
    for prefix in _PREFIXES
} | {_TRACED_PATH: _TRACED}

PATHS = frozenset(_ROUTES)
"""Of the routes, which bound their bodies themselves: also once unpacked, and in time."""

_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {"description": "Durable and visible, except spans that a partial success rejects."},
    400: {"description": "The body is not a request of this kind."},
    401: {"description": "The API key is missing, wrong, revoked or expired."},
    403: {"description": "The key may not ingest, or the request may come from another site."},
    408: {"description": "The body did not arrive in time."},
    413: {"description": "The body is over the limit."},
    415: {"description": "Neither protobuf nor JSON, or an unknown Content-Encoding."},
    429: {"description": "Nothing stored, the buffer is full: see Retry-After."},
    503: {"description": "Nothing stored, the store failed: see Retry-After."},
}


def router() -> APIRouter:
    """The routes of all signals; `app.state` holds their `ingest` and `settings`."""
    routes = APIRouter(tags=["OTLP"])
    for path, receiver in _ROUTES.items():
        _add(routes, path, receiver)
    return routes


def _add(routes: APIRouter, path: str, receiver: _Receiver) -> None:
    schemas = {_PROTOBUF: {"type": "string", "format": "binary"}, _JSON: referred(receiver.schema)}
    content = {media_type: {"schema": schemas[media_type]} for media_type in receiver.converts}
    routes.add_api_route(
        path,
        _endpoint(receiver),
        methods=["POST"],
        name=path.strip("/").replace("/", "_"),
        summary=receiver.summary,
        response_class=Response,
        responses=_RESPONSES,
        dependencies=[requires(Scope.INGEST)],
        openapi_extra={"requestBody": {"required": True, "content": content}},
    )


def _endpoint(receiver: _Receiver) -> Callable[[Request], Awaitable[Response]]:
    async def receive(request: Request) -> Response:
        media_type = _media_type(request)
        try:
            acknowledgement = await _take(request, receiver, media_type)
        except SessionaryError as error:
            forget_frames(error)
            return _failure(error, media_type)
        return _success(acknowledgement, receiver.signal, media_type)

    return receive


async def _take(request: Request, receiver: _Receiver, media_type: str | None) -> Acknowledgement:
    if media_type is None or media_type not in receiver.converts:
        raise UnsupportedMediaTypeError(f"Content-Type must be {' or '.join(receiver.converts)}")
    state = request.app.state
    convert = receiver.converts[media_type]
    with state.bodies.share(caller_of(request)) as share:
        body = await read_body(request, share, limit=state.settings.max_body_bytes)
        if convert is not None:
            share.add(_CONVERSION_COPIES * len(body))
        by = principal_of(request)
        return await export(receiver.signal, state.ingest, by, body, convert=convert)


def _media_type(request: Request) -> str | None:
    name = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return _MEDIA_TYPES.get(name)


def _success(acknowledgement: Acknowledgement, signal: Signal, media_type: str | None) -> Response:
    if media_type == _PROTOBUF:
        return Response(response_bytes(acknowledgement), media_type=_PROTOBUF)
    partial = {
        # An int64, which is a string in protobuf's JSON.
        signal.rejected: str(acknowledgement.rejected),
        "errorMessage": acknowledgement.message,
    }
    return _json({"partialSuccess": partial} if acknowledgement.rejected else {})


def _failure(error: SessionaryError, media_type: str | None) -> Response:
    code, message = rpc_code(error), str(error)
    if media_type == _PROTOBUF:
        response = Response(status_bytes(code, message), media_type=_PROTOBUF)
    else:
        response = _json({"code": code, "message": message})
    response.status_code = error.status
    if isinstance(error, RetryLaterError):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def _json(content: dict[str, Any]) -> Response:
    return Response(json.dumps(content), media_type=_JSON)
