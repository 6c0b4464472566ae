"""The recorded payloads, taken apart into traces.

Each file under payloads/ is what one library's exporter sent for the same two small
sessions: plain calls, tool calls, streamed calls, embeddings and a call that failed. Requests
that came one after another are one file, which is what joining protobuf messages means.
"""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from sessionary.otlp import wire

_STATUS_ERROR = 2


@dataclass(frozen=True, slots=True)
class Recording:
    """One trace as its library sent it: ResourceSpans that hold no other trace's spans."""

    library: str
    resource_spans: tuple[Any, ...]
    start_ns: int
    end_ns: int
    spans_count: int
    has_failed: bool


def read_recordings() -> dict[str, tuple[Recording, ...]]:
    """The recorded traces by library, in the order in which they were sent."""
    payloads = files(__package__).joinpath("payloads").iterdir()
    bodies = {e.name.removesuffix(".pb"): e.read_bytes() for e in payloads}
    return {name: _traces(name, bodies[name]) for name in sorted(bodies)}


def _traces(library: str, body: bytes) -> tuple[Recording, ...]:
    request = wire.parse("TraceRequest", body)
    ids = {span.trace_id: None for span in _spans(request.resource_spans)}
    return tuple(_recording(library, request, trace_id) for trace_id in ids)


def _recording(library: str, request: Any, trace_id: bytes) -> Recording:
    parts = [_only(part, trace_id) for part in request.resource_spans]
    parts = [part for part in parts if part.scope_spans]
    spans = _spans(parts)
    return Recording(
        library=library,
        resource_spans=tuple(parts),
        start_ns=min(span.start_time_unix_nano for span in spans),
        end_ns=max(span.end_time_unix_nano for span in spans),
        spans_count=len(spans),
        has_failed=any(span.status.code == _STATUS_ERROR for span in spans),
    )


def _only(resource_spans: Any, trace_id: bytes) -> Any:
    """The resource with the spans of one trace."""
    part: Any = wire.MESSAGES["ResourceSpans"](resource=resource_spans.resource)
    for scope_spans in resource_spans.scope_spans:
        spans = [span for span in scope_spans.spans if span.trace_id == trace_id]
        if spans:
            part.scope_spans.add(scope=scope_spans.scope, spans=spans)
    return part


def _spans(resource_spans: Any) -> list[Any]:
    return [s for part in resource_spans for scope in part.scope_spans for s in scope.spans]
