"""Traces and spans as orq's `/v3/traces` has them. What is not known is left out, never null."""

import json
from typing import Any

from sessionary.api.conversations.serialize import messages_json
from sessionary.api.figures.figures import _dollars, model_json
from sessionary.api.figures.rates import card_json
from sessionary.api.http.json import Json, instant, milliseconds
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.session import Billing, Usage
from sessionary.model.span import Span, SpanDetails
from sessionary.model.trace import Trace
from sessionary.model.trace_filter import Field, FieldType
from sessionary.pricing.tariff import PriceBook
from sessionary.services.traces.aggregate import is_metric
from sessionary.services.traces.show import PlacedSpan, ShownSpan

_NS_PER_MS = 1_000_000


def trace_summary(trace: Trace) -> Json:
    """A trace with its figures; in addition to orq's fields, its tags and counts."""
    return _known(
        {
            "object": "trace",
            "trace_id": trace.trace_id,
            "name": trace.name,
            "status": _status(is_error=trace.counts.error_spans > 0),
            **_times(trace.started_ns, trace.ended_ns),
            "project_id": trace.project_id,
            "identity_id": trace.contact_id,
            "session_id": trace.session_id,
            "thread_id": trace.session_id,
            "product": "otel",
            "providers": list(trace.providers),
            "models": [use.model for use in trace.models if use.model],
            "usage": _usage(trace.usage),
            "cost": _cost(trace.billing),
            "tags": list(trace.tags),
            "spans_count": trace.counts.spans,
            "model_calls_count": trace.counts.model_calls,
            "failed_calls_count": trace.counts.failed_calls,
            "unpriced_calls_count": trace.counts.unpriced_calls,
            "tool_calls_count": trace.counts.tool_calls,
            "errors_count": trace.counts.errors,
        }
    )


def span_summary(trace_id: str, placed: PlacedSpan) -> Json:
    """A span without its text; in addition to orq's fields, whether it counts in its trace."""
    span, place = placed.span, placed.place
    is_root = place.level == 0
    return _known(
        {
            "object": "span",
            "trace_id": trace_id,
            "span_id": span.span_id,
            "parent_span_id": span.parent_span_id,
            "name": span.name,
            "type": span.kind,
            "status": _status(is_error=span.is_error),
            **_times(span.started_ns, span.ended_ns),
            "provider": span.provider,
            "model": span.response_model,
            "requested_model": span.request_model,
            "usage": _usage(span.usage) if span.reports_usage else None,
            "cost": None if span.cost_source == "none" else _cost(span.billing),
            "has_detail": True,
            "level": place.level,
            "has_children": place.has_children,
            "trace_framework": span.scope if is_root else None,
            "finish_reasons": [span.finish_reason] if span.finish_reason else None,
            "is_counted": placed.is_counted,
            "time_to_first_token_ms": span.time_to_first_token_ms,
        }
    )


def span_detail(trace_id: str, shown: ShownSpan, said: SpanMessages, book: PriceBook) -> Json:
    """A span with everything recorded for it, its messages and its surroundings."""
    span, details = shown.placed.span, shown.placed.span.details
    return _known(
        {
            "summary": span_summary(trace_id, shown.placed),
            "session_id": shown.session_id,
            "ancestors": [
                {"span_id": above.span_id, "name": above.name, "type": above.kind}
                for above in shown.ancestors
            ],
            "input": messages_json(said.inputs),
            "output": messages_json(said.outputs),
            "cost_source": span.cost_source,
            "price": _price(span, book),
            "attributes": _attributes(details),
            "error": _error(span),
            "events": [
                {"name": e.name, "time": instant(e.time_ns), "attributes": dict(e.attributes)}
                for e in details.events
            ],
            "links": [
                {"trace_id": k.trace_id, "span_id": k.span_id, "attributes": dict(k.attributes)}
                for k in details.links
            ],
            "resource_attributes": dict(details.resource_attributes),
            "scope": span.scope,
            "signal": span.signal,
            "truncated_attributes": list(details.truncated_attributes) or None,
            "dropped_attributes_count": details.dropped_attributes_count or None,
        }
    )


def field_json(field: Field) -> Json:
    """A field, and what can be done with it."""
    return _known(
        {
            "name": field.name,
            "label": field.label,
            "type": field.type.value,
            "scope": field.scope.value,
            "match": "any" if field.type is FieldType.STRINGS else "exact",
            "operators": list(field.operators),
            "facet": field.is_facet,
            "sortable": field.is_sortable,
            "groupable": field.is_groupable,
            "aggregatable": is_metric(field),
            "aliases": list(field.aliases) or None,
            "enum_values": list(field.choices) or None,
        }
    )


def _known(shape: Json) -> Json:
    return {name: value for name, value in shape.items() if value is not None and value != ""}


def _status(*, is_error: bool) -> str:
    return "error" if is_error else "ok"


def _times(started_ns: int, ended_ns: int) -> Json:
    return {
        "started_at": instant(started_ns),
        "ended_at": instant(ended_ns),
        "duration_ms": (ended_ns - started_ns) / _NS_PER_MS,
    }


def _usage(usage: Usage) -> Json:
    return {
        "prompt_tokens": usage.input_tokens,
        "completion_tokens": usage.output_tokens,
        "total_tokens": usage.total_tokens,
        "prompt_cached_tokens": usage.cache_read_tokens,
        "prompt_cache_creation_tokens": usage.cache_write_tokens,
        "completion_reasoning_tokens": usage.reasoning_tokens,
    }


def _cost(billing: Billing) -> Json:
    return {
        "input": float(billing.input_cost),
        "output": float(billing.output_cost),
        "total": float(billing.total_cost),
        "currency": "USD",
    }


def _price(span: Span, book: PriceBook) -> Json | None:
    """What the cost was made from: of several prices by size, the one of the call's."""
    key = (span.provider, span.response_model, span.request_model)
    cards = book.cards(span.cost_source, key, span.started_ns)
    fitting = [card for card in cards if card.above_tokens < span.usage.input_tokens]
    return card_json(fitting[-1]) if fitting else None


def _error(span: Span) -> Json | None:
    """Why it failed, with the message of the last exception."""
    if not span.is_error:
        return None
    thrown = [event.attributes for event in span.details.events if event.name == "exception"]
    last = thrown[-1] if thrown else {}
    return _known(
        {
            "message": span.status_message or last.get("exception.message", ""),
            "type": last.get("exception.type"),
            "stack_trace": last.get("exception.stacktrace"),
        }
    )


def _attributes(details: SpanDetails) -> dict[str, Any]:
    structured = set(details.json_attributes)
    return {
        name: _structure(text) if name in structured else text
        for name, text in details.attributes.items()
    }


def _structure(text: str) -> Any:
    """The value of JSON text; what an answer in JSON could not carry on stays text."""
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return text
    return value


def trace_json(trace: Trace) -> Json:
    """A trace with all its figures."""
    return {
        "trace_id": trace.trace_id,
        "session_id": trace.session_id or None,
        "project_id": trace.project_id or None,
        "name": trace.name,
        "started_at": instant(trace.started_ns),
        "ended_at": instant(trace.ended_ns),
        "duration": milliseconds(trace.ended_ns - trace.started_ns),
        "contact_id": trace.contact_id or None,
        "tags": list(trace.tags),
        "spans_count": trace.counts.spans,
        "error_spans_count": trace.counts.error_spans,
        "has_error": trace.counts.error_spans > 0,
        "model_calls_count": trace.counts.model_calls,
        "failed_calls_count": trace.counts.failed_calls,
        "tool_calls_count": trace.counts.tool_calls,
        "errors_count": trace.counts.errors,
        "unpriced_calls_count": trace.counts.unpriced_calls,
        "prompt_tokens": trace.usage.input_tokens,
        "completion_tokens": trace.usage.output_tokens,
        "total_tokens": trace.usage.total_tokens,
        "cached_tokens": trace.usage.cache_read_tokens,
        "cache_write_tokens": trace.usage.cache_write_tokens,
        "reasoning_tokens": trace.usage.reasoning_tokens,
        "input_cost": _dollars(trace.billing.input_cost),
        "output_cost": _dollars(trace.billing.output_cost),
        "total_cost": _dollars(trace.billing.total_cost),
        "models": [model_json(use) for use in trace.models],
    }
