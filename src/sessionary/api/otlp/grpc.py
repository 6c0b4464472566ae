"""OTLP over gRPC, without generated stubs: requests stay bytes until they are decoded.

The key is checked before the message is read: until then the transport buffers only its start.

Source: https://opentelemetry.io/docs/specs/otlp/#otlpgrpc
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import unquote

import grpc
from google.protobuf import any_pb2, duration_pb2
from starlette.datastructures import Headers

from sessionary.api.auth.middleware import secret_of
from sessionary.api.http.body import unpack_off_loop
from sessionary.api.http.rpc_status import rpc_code, status_bytes
from sessionary.api.network.body_budget import BodyBudget, BodyShare
from sessionary.api.network.connections import connection_limits
from sessionary.api.otlp.export import (
    LOGS,
    METRICS,
    TRACES,
    Signal,
    export,
    forget_frames,
    response_bytes,
)
from sessionary.errors import (
    BufferFullError,
    ConfigurationError,
    InvalidRequestError,
    RequestTimeoutError,
    RetryLaterError,
    SessionaryError,
)
from sessionary.ingest.flusher import Ingest
from sessionary.model.access import Principal, Scope
from sessionary.services.access.concurrency import ConcurrencyLimit, FairSlots
from sessionary.services.access.gate import Gate
from sessionary.services.access.wrong_secrets import network_of
from sessionary.settings import Settings

_SERVICES = {
    "opentelemetry.proto.collector.trace.v1.TraceService": TRACES,
    "opentelemetry.proto.collector.logs.v1.LogsService": LOGS,
    "opentelemetry.proto.collector.metrics.v1.MetricsService": METRICS,
}
_CODES = {code.value[0]: code for code in grpc.StatusCode}
_STOP_SECONDS = 3
# gRPC does not report the size of a message before all of it is in memory: one message is read at
# a time for each such part of the budget.
_READING_BYTES = 8 * 1024 * 1024
_WAITING = 256
_WAIT_SECONDS = 10.0
# A message of the largest size at 13 Mbit/s.
_READ_SECONDS = 20.0
_OPTIONS = (
    # Left to gRPC, a small message could unpack to any size: see `unpack_off_loop`.
    ("grpc.per_message_decompression", 0),
    ("grpc.so_reuseport", 0),
    ("grpc.max_concurrent_streams", 128),
    # A connection that sends nothing, one without calls, and one whose client is gone.
    ("grpc.server_handshake_timeout_ms", 5_000),
    ("grpc.max_connection_idle_ms", 30_000),
    ("grpc.keepalive_time_ms", 60_000),
    ("grpc.keepalive_timeout_ms", 20_000),
    ("grpc.max_metadata_size", 16 * 1024),
    ("grpc.absolute_max_metadata_size", 64 * 1024),
)
# How packed messages start, and no export request does: that starts with field 1, 0x0a.
_PACKED = {0x1F: "gzip", 0x78: "deflate"}

Handler = Callable[[Any, Any], Awaitable[bytes]]


class GrpcReceiver:
    """A gRPC server for the three signals' export services."""

    def __init__(self, ingest: Ingest, gate: Gate, bodies: BodyBudget, settings: Settings) -> None:
        self._ingest = ingest
        self._gate = gate
        self._bodies = bodies
        reading = max(2, bodies.limit_bytes // _READING_BYTES)
        self._reading = FairSlots(reading, per_caller=reading // 2)
        self._waiting = ConcurrencyLimit(_WAITING, per_caller=_WAITING // 2, noun="messages")
        self._limit = settings.max_body_bytes
        self._connections = connection_limits(settings).grpc
        self._server: Any = None

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port, which is a free one where `port` is 0.

        Raises:
            ConfigurationError: the address cannot be listened on.
        """
        server = grpc.aio.server(
            options=(
                ("grpc.max_receive_message_length", self._limit),
                ("grpc.max_allowed_incoming_connections", self._connections),
                *_OPTIONS,
            )
        )
        for service, signal in _SERVICES.items():
            # A unary call on the wire; a handler of unary requests would be given the message.
            method = grpc.stream_unary_rpc_method_handler(self._handler(signal))
            handlers = grpc.method_handlers_generic_handler(service, {"Export": method})
            server.add_generic_rpc_handlers((handlers,))
        bound = _bind(server, host, port)
        await server.start()
        self._server = server
        return bound

    async def stop(self) -> None:
        """Stop listening, and wait a little for the requests that are being taken."""
        if self._server is not None:
            await self._server.stop(_STOP_SECONDS)
            self._server = None

    def _handler(self, signal: Signal) -> Handler:
        async def handle(_requests: Any, context: Any) -> bytes:
            try:
                by = await self._admitted(context)
                caller = by.key_id or network_of(_address(context.peer()))
                with self._bodies.share(caller) as share:
                    body = await self._received(context, share, caller)
                    acknowledgement = await export(signal, self._ingest, by, body, convert=None)
            except SessionaryError as error:
                forget_frames(error)
                context.set_trailing_metadata(_details(error))
                await context.abort(_CODES[rpc_code(error)], str(error))
            return response_bytes(acknowledgement)

        return handle

    async def _admitted(self, context: Any) -> Principal:
        secret = secret_of(Headers(_texts(context.invocation_metadata())))
        by = await self._gate.authenticate(secret, _address(context.peer()))
        self._gate.authorize(by, Scope.INGEST)
        return by

    async def _received(self, context: Any, share: BodyShare, caller: str) -> bytes:
        """The message, unpacked."""
        with self._waiting.hold(caller):
            message = await self._read(context, caller)
        share.complete()
        share.add(len(message))
        encoding = _PACKED.get(message[0]) if message else None
        if encoding is None:
            return message
        return await unpack_off_loop(message, encoding, share, limit=self._limit)

    async def _read(self, context: Any, caller: str) -> bytes:
        try:
            async with self._reading.slot(caller, wait_seconds=_WAIT_SECONDS):
                return await _message(context)
        except TimeoutError:
            raise BufferFullError(
                f"other messages are being read: none of them ended within {_WAIT_SECONDS:g} s"
            ) from None


async def _message(context: Any) -> bytes:
    try:
        async with asyncio.timeout(_READ_SECONDS):
            message = await context.read()
    except TimeoutError:
        raise RequestTimeoutError(f"the message took longer than {_READ_SECONDS:g} s") from None
    if message is grpc.aio.EOF:
        raise InvalidRequestError("the call has no message")
    return bytes(message)


def _texts(metadata: Sequence[tuple[str, str | bytes]]) -> dict[str, str]:
    return {name: value for name, value in metadata if isinstance(value, str)}


def _address(peer: str) -> str:
    """The client's address, from gRPC's `ipv4:127.0.0.1:4317` or `ipv6:%5B::1%5D:4317`."""
    host = unquote(peer).partition(":")[2].rpartition(":")[0]
    return host.removeprefix("[").removesuffix("]")


def _bind(server: Any, host: str, port: int) -> int:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        bound = int(server.add_insecure_port(address))
    except RuntimeError:
        bound = 0
    if bound == 0:
        raise ConfigurationError(
            f"cannot listen for OTLP/gRPC on {address}: is the port in use? "
            "SESSIONARY_GRPC_PORT sets another, 0 turns gRPC off"
        )
    return bound


def _details(error: SessionaryError) -> tuple[tuple[str, bytes], ...]:
    """When to come again; without it an exporter must not resend after RESOURCE_EXHAUSTED."""
    if not isinstance(error, RetryLaterError):
        return ()
    delay = duration_pb2.Duration(seconds=error.retry_after_seconds)
    retry_info = any_pb2.Any(
        type_url="type.googleapis.com/google.rpc.RetryInfo",
        value=_submessage(1, delay.SerializeToString()),
    )
    status = status_bytes(rpc_code(error), str(error))
    details = _submessage(3, retry_info.SerializeToString())
    return (("grpc-status-details-bin", status + details),)


def _submessage(number: int, content: bytes) -> bytes:
    """A length-delimited protobuf field of fewer than 128 bytes."""
    return bytes((number << 3 | 2, len(content))) + content
