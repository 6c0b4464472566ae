"""Spans with messages."""

import json
from collections.abc import Iterable

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue

from tests.support.generators import export_request
from tests.support.reference import RefSpan


def spoken_request(spans: Iterable[RefSpan]) -> bytes:
    """An OTLP request; the input and output message of each span is its name."""
    request = ExportTraceServiceRequest.FromString(export_request(spans))
    for resource_spans in request.resource_spans:
        for scope_spans in resource_spans.scope_spans:
            for span in scope_spans.spans:
                span.attributes.extend(
                    [
                        _messages("gen_ai.input.messages", "user", span.name),
                        _messages("gen_ai.output.messages", "assistant", f"to {span.name}"),
                    ]
                )
    return request.SerializeToString()


def _messages(key: str, role: str, text: str) -> KeyValue:
    messages = [{"role": role, "parts": [{"type": "text", "content": text}]}]
    return KeyValue(key=key, value=AnyValue(string_value=json.dumps(messages)))
