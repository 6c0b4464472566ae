"""Send a session of 20,000 traces and 100,000 spans, and a trace of 100,000 spans.

`python -m benchmarks.long_sessions http://127.0.0.1:4318` is what the page of a session is opened
with by `make bench-session`.
"""

import sys
import time
from collections.abc import Iterator

import httpx
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

MANY_TRACES, MANY_SPANS = "many-traces", "many-spans"
LONG_TRACE = 9 << 100
TRACES, SPANS, REQUEST_SPANS = 20_000, 100_000, 4_000
_MS = 1_000_000
_THREE_DAYS_NS = 3 * 86_400 * 1_000 * _MS
_MODELS = ("gpt-4o", "gpt-4o-mini", "claude-3-5-sonnet-20241022")


def main() -> None:
    """Send both."""
    start_ns = time.time_ns() - _THREE_DAYS_NS
    spans = [*_many_traces(start_ns), *_many_spans(start_ns)]
    with httpx.Client(base_url=sys.argv[1], timeout=120) as client:
        for first in range(0, len(spans), REQUEST_SPANS):
            request = ExportTraceServiceRequest()
            request.resource_spans.add().scope_spans.add(spans=spans[first : first + REQUEST_SPANS])
            client.post(
                "/v1/traces",
                content=request.SerializeToString(),
                headers={"content-type": "application/x-protobuf"},
            ).raise_for_status()


def _many_traces(start_ns: int) -> Iterator[Span]:
    """Traces of five spans each, with a pause after every hundred."""
    for number in range(TRACES):
        at = start_ns + number * 1_000 * _MS + number // 100 * 600_000 * _MS
        trace, first = (7 << 100) + number + 1, number * 10 + 1
        yield _span(trace, first, 0, "agent", at, 900, MANY_TRACES, number)
        yield _span(trace, first + 1, first, "llm", at + 10 * _MS, 390, MANY_TRACES, number)
        yield _span(trace, first + 2, first, "tool", at + 410 * _MS, 70, MANY_TRACES, number)
        yield _span(trace, first + 3, first + 2, "span", at + 420 * _MS, 50, MANY_TRACES, number)
        yield _span(trace, first + 4, first, "llm", at + 500 * _MS, 390, MANY_TRACES, number)


def _many_spans(start_ns: int) -> Iterator[Span]:
    """Agents below one root, each with a few steps."""
    yield _span(LONG_TRACE, 1, 0, "agent", start_ns, SPANS * 40, MANY_SPANS, 0)
    for number in range(1, SPANS):
        kind = ("agent", "llm", "tool", "span", "llm")[number % 5]
        parent = 1 if kind == "agent" or number < 5 else number - number % 5 + 1
        at, took = start_ns + number * 40 * _MS, 190 if kind == "agent" else 30
        yield _span(LONG_TRACE, number + 1, parent, kind, at, took, MANY_SPANS, number)


def _span(
    trace: int, span: int, parent: int, kind: str, at: int, took_ms: int, session: str, number: int
) -> Span:
    made = Span(
        trace_id=trace.to_bytes(16, "big"),
        span_id=span.to_bytes(8, "big"),
        parent_span_id=parent.to_bytes(8, "big") if parent else b"",
        name=kind,
        start_time_unix_nano=at,
        end_time_unix_nano=at + took_ms * _MS,
    )
    attributes: dict[str, str | int] = {"session.id": session, "sessionary.kind": kind}
    if kind == "llm":
        attributes |= {
            "gen_ai.request.model": _MODELS[number % 3],
            "gen_ai.usage.input_tokens": 500 + number % 700,
            "gen_ai.usage.output_tokens": 50 + number % 90,
            "gen_ai.prompt.0.role": "user",
            "gen_ai.prompt.0.content": f"Question {number}: " + "lorem ipsum dolor " * 10,
            "gen_ai.completion.0.role": "assistant",
            "gen_ai.completion.0.content": f"Answer {number}: " + "consectetur elit " * 10,
        }
    for key, value in attributes.items():
        attribute = made.attributes.add(key=key)
        if isinstance(value, int):
            attribute.value.int_value = value
        else:
            attribute.value.string_value = value
    return made


if __name__ == "__main__":
    main()
