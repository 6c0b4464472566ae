"""Export requests: the rules that HTTP and gRPC share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sessionary.api.http.body import off_loop
from sessionary.errors import InvalidRequestError
from sessionary.ingest.flusher import Ingest
from sessionary.ingest.submission import Acknowledgement, Submission
from sessionary.model.access import Principal
from sessionary.otlp import wire
from sessionary.otlp.logs import read_logs


@dataclass(frozen=True, slots=True)
class Signal:
    """One of OTLP's signals, and the field of its response for rejected items."""

    name: str
    rejected: str


TRACES = Signal("traces", "rejectedSpans")
LOGS = Signal("logs", "rejectedLogRecords")
METRICS = Signal("metrics", "rejectedDataPoints")

Convert = Callable[[bytes], bytes]
Result = TypeVar("Result")


async def export(
    signal: Signal, ingest: Ingest, by: Principal, body: bytes, *, convert: Convert | None
) -> Acknowledgement:
    """Ingest one request; `convert` makes its body OTLP protobuf if it is not already.

    Metrics are accepted and discarded: spans have the same figures.

    Raises:
        InvalidRequestError: the body is not a request of that signal.
        RetryLaterError: nothing was stored.
    """
    if not body or signal is METRICS:
        return Acknowledgement()
    if convert is not None:
        body = await _parsed(convert, body)
    if signal is LOGS:
        return await export_logs(ingest, by, body)
    return await export_traces(ingest, by, body)


async def export_traces(ingest: Ingest, by: Principal, body: bytes) -> Acknowledgement:
    """Store the spans of an ExportTraceServiceRequest in protobuf."""
    if not body:
        return Acknowledgement()
    return await ingest.submit(Submission(by.workspace_id, body, by.project_id))


async def export_logs(ingest: Ingest, by: Principal, body: bytes) -> Acknowledgement:
    """Store the calls and entries of an ExportLogsServiceRequest in protobuf.

    Spans are stored first: if entries then fail, a retry stores the same spans.
    """
    logs = await _parsed(read_logs, body)
    acknowledgement = await export_traces(ingest, by, logs.spans or b"")
    if logs.entries:
        await ingest.insert_logs(by.workspace_id, logs.entries, project_id=by.project_id)
    return acknowledgement


def response_bytes(acknowledgement: Acknowledgement) -> bytes:
    """The protobuf answer of any signal; a partial success only where something was refused."""
    response: Any = wire.MESSAGES["ExportResponse"]()
    if acknowledgement.rejected:
        response.partial_success.rejected = acknowledgement.rejected
        response.partial_success.error_message = acknowledgement.message
    return bytes(response.SerializeToString())


def forget_frames(error: BaseException | None) -> None:
    """Release the frames of an error: they reference the body, and each other in a cycle."""
    while error is not None:
        error.__traceback__, error.__context__, error = None, None, error.__context__


async def _parsed(reader: Callable[[bytes], Result], body: bytes) -> Result:
    try:
        return await off_loop(reader, body)
    except ValueError as error:
        raise InvalidRequestError(str(error)) from None
