"""Requests of orq's `@traced` decorator, as equivalent OTLP requests.

Source: orq-ai-sdk 4.17.13, `orq_ai_sdk/traced/span.py`.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sessionary.model.json_text import valid_text
from sessionary.otlp import wire
from sessionary.otlp.json.values import (
    MAX_NESTING,
    MalformedError,
    as_list,
    as_object,
    id_bytes,
    int64,
    parse_object,
    read,
    text,
)

SCOPE = "orq.traced"

_SCALAR: Any = wire.MESSAGES["Scalar"]
_SCALARS = wire.MESSAGES["Scalars"]
_KEY_VALUE_LIST = wire.MESSAGES["KeyValueList"]

_STATUS_ERROR = 2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND_NS = 1_000_000_000
_MILLISECOND_NS = 1_000_000
# What the SDK sends as the end of a span that was never ended.
_MILLISECONDS = re.compile(r"\d{1,13}", re.ASCII)
# Seconds, fraction and zone apart: datetime would cut the fraction at microseconds.
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:?\d\d)?", re.I | re.A
)


# What the SDK's `log()` and context nest, under the name by which the conventions know it.
_NESTED: dict[tuple[str, ...], str] = {
    ("context", "session_id"): "orq.session_id",
    ("context", "user_id"): "orq.identity_id",
    ("attributes", "request", "provider"): "gen_ai.provider.name",
    ("attributes", "request", "model"): "gen_ai.request.model",
    ("attributes", "metrics", "prompt_tokens"): "gen_ai.usage.input_tokens",
    ("attributes", "metrics", "completion_tokens"): "gen_ai.usage.output_tokens",
    ("attributes", "metrics", "tokens"): "gen_ai.usage.total_tokens",
    (
        "attributes",
        "metrics",
        "prompt_tokens_details",
        "cached_tokens",
    ): "gen_ai.usage.cache_read.input_tokens",
    (
        "attributes",
        "metrics",
        "completion_tokens_details",
        "reasoning_tokens",
    ): "gen_ai.usage.reasoning.output_tokens",
}


def traced_to_protobuf(body: bytes) -> bytes:
    """ExportTraceServiceRequest in protobuf from `{"spans": [...]}`.

    Raises:
        ValueError: malformed; the message names the path.
    """
    request: Any = wire.MESSAGES["TraceRequest"]()
    spans = read(parse_object(body), "spans", as_list) or ()
    if spans:
        scope_spans = request.resource_spans.add().scope_spans.add()
        scope_spans.scope.name = SCOPE
        _each(spans, "spans", lambda item: _fill_span(as_object(item), scope_spans.spans.add()))
    return bytes(request.SerializeToString())


def _fill_span(entry: Mapping[str, Any], target: Any) -> None:
    context = read(entry, "context", as_object) or {}
    try:
        target.trace_id = read(context, "trace_id", id_bytes) or b""
        target.span_id = read(context, "span_id", id_bytes) or b""
    except MalformedError as error:
        raise error.at("context") from None
    target.parent_span_id = read(entry, "parent_id", id_bytes) or b""
    target.name = read(entry, "name", text) or ""
    target.start_time_unix_nano = read(entry, "start_time", _nanoseconds) or 0
    target.end_time_unix_nano = read(entry, "end_time", _nanoseconds) or 0
    attributes = read(entry, "attributes", as_object) or {}
    _fill_status(attributes, target)
    _fill_attributes({**attributes, **_from_fields(entry, attributes)}, target)
    events = read(entry, "events", as_list) or ()
    _each(events, "events", lambda item: _fill_event(as_object(item), target.events.add()))


def _fill_status(attributes: Mapping[str, Any], target: Any) -> None:
    if attributes.get("status") != "error":
        return
    target.status.code = _STATUS_ERROR
    message = attributes.get("error.message")
    target.status.message = "" if message is None else _as_text(message)


def _from_fields(entry: Mapping[str, Any], attributes: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "orq.span.kind": read(entry, "type", text),
        "input.value": read(entry, "input", _as_text),
        "output.value": read(entry, "output", _as_text),
        **{name: _inside(entry, path) for path, name in _NESTED.items()},
    }
    return {
        name: value
        for name, value in found.items()
        if value is not None and attributes.get(name) is None
    }


def _inside(entry: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        entry = entry.get(name) if isinstance(entry, Mapping) else None
    return entry


def _fill_event(entry: Mapping[str, Any], target: Any) -> None:
    target.name = read(entry, "name", text) or ""
    target.time_unix_nano = read(entry, "timestamp", _nanoseconds) or 0
    _fill_attributes(read(entry, "attributes", as_object) or {}, target)


def _fill_attributes(attributes: Mapping[str, Any], target: Any) -> None:
    try:
        _fill_pairs(attributes, target.attributes, 0)
    except MalformedError as error:
        raise error.at("attributes") from None


def _fill_pairs(values: Mapping[str, Any], targets: Any, depth: int) -> None:
    for key, value in values.items():
        pair = targets.add(key=valid_text(key))
        try:
            _fill_value(value, pair.value, depth)
        except MalformedError as error:
            raise error.at(key) from None


def _fill_value(value: Any, target: Any, depth: int) -> None:
    match value:
        case None:
            return
        case bool():
            target.bool_value = value
        case int():
            _fill_integer(value, target)
        case float():
            target.double_value = value
        case str():
            target.string_value = valid_text(value)
        case _:
            _fill_nested(value, target, depth)


def _fill_integer(value: int, target: Any) -> None:
    try:
        target.int_value = int64(value)
    except MalformedError:
        target.string_value = str(value)


def _fill_nested(value: Any, target: Any, depth: int) -> None:
    if depth >= MAX_NESTING:
        raise MalformedError(f"must not hold lists and maps deeper than {MAX_NESTING}")
    if isinstance(value, Mapping):
        pairs: Any = _KEY_VALUE_LIST()
        _fill_pairs(value, pairs.values, depth + 1)
        target.kvlist_value = pairs.SerializeToString()
        return
    scalars: Any = _SCALARS()
    for item in value:
        _fill_value(item, scalars.values.add(), depth + 1)
    if isinstance(target, _SCALAR):
        target.array_value = scalars.SerializeToString()
        return
    target.array_value.SetInParent()
    target.array_value.CopyFrom(scalars)


def _each(items: Any, name: str, fill: Callable[[Any], None]) -> None:
    for index, item in enumerate(items):
        try:
            fill(item)
        except MalformedError as error:
            raise error.at(f"{name}[{index}]") from None


def _as_text(value: Any) -> str:
    return valid_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _nanoseconds(value: Any) -> int:
    """Nanoseconds since 1970 of ISO 8601 text, UTC where it names no zone; 0 before 1970."""
    if isinstance(value, str) and _MILLISECONDS.fullmatch(value):
        return int(value) * _MILLISECOND_NS
    found = _TIME.fullmatch(text(value))
    if found is None:
        raise MalformedError("must be a time in ISO 8601 such as 2026-11-21T22:54:12.794Z")
    moment, fraction, zone = found.groups()
    try:
        since = datetime.fromisoformat(f"{moment}{(zone or 'Z').upper()}") - _EPOCH
    except (ValueError, OverflowError):
        raise MalformedError("must be a time that exists, in ISO 8601") from None
    seconds = since // timedelta(seconds=1)
    return max(0, seconds * _SECOND_NS + int((fraction or "0")[:9].ljust(9, "0")))
