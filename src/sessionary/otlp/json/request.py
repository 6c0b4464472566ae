"""OTLP/JSON to the same request in protobuf, which is all that is decoded further.

The messages are filled by hand rather than by protobuf's own JSON parser: that one wants ids in
base64, where OTLP has hex, and fails the whole body over one field it does not know.

Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
"""

from collections.abc import Callable, Mapping
from typing import Any

from sessionary.otlp import wire
from sessionary.otlp.json.values import (
    MAX_NESTING,
    MalformedError,
    as_list,
    as_object,
    base64_bytes,
    boolean,
    double,
    enum,
    fixed64,
    id_bytes,
    int64,
    member,
    parse_object,
    read,
    text,
)

_SCALAR: Any = wire.MESSAGES["Scalar"]
_SCALARS = wire.MESSAGES["Scalars"]
_KEY_VALUE_LIST = wire.MESSAGES["KeyValueList"]

STATUS_CODES = ("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR")
SPAN_KINDS = ("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER")

_status_code = enum({name: number for number, name in enumerate(STATUS_CODES)})
_span_kind = enum({f"SPAN_KIND_{name}": number for number, name in enumerate(SPAN_KINDS)})

# JSON member -> (field of AnyValue, reader); lists and maps are written apart.
_PLAIN_VALUES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "stringValue": ("string_value", text),
    "string_value": ("string_value", text),
    "intValue": ("int_value", int64),
    "int_value": ("int_value", int64),
    "boolValue": ("bool_value", boolean),
    "bool_value": ("bool_value", boolean),
    "doubleValue": ("double_value", double),
    "double_value": ("double_value", double),
    "bytesValue": ("bytes_value", base64_bytes),
    "bytes_value": ("bytes_value", base64_bytes),
}

# JSON member -> (field of the message, reader).
Fields = tuple[tuple[str, str, Callable[[Any], Any]], ...]
_SCOPE: Fields = (("name", "name", text), ("version", "version", text))
_EVENT: Fields = (("timeUnixNano", "time_unix_nano", fixed64), ("name", "name", text))
_LINK: Fields = (("traceId", "trace_id", id_bytes), ("spanId", "span_id", id_bytes))
_STATUS: Fields = (("message", "message", text), ("code", "code", _status_code))
_SPAN: Fields = (
    ("traceId", "trace_id", id_bytes),
    ("spanId", "span_id", id_bytes),
    ("parentSpanId", "parent_span_id", id_bytes),
    ("name", "name", text),
    ("kind", "kind", _span_kind),
    ("startTimeUnixNano", "start_time_unix_nano", fixed64),
    ("endTimeUnixNano", "end_time_unix_nano", fixed64),
)
_LOG_RECORD: Fields = (
    ("timeUnixNano", "time_unix_nano", fixed64),
    ("observedTimeUnixNano", "observed_time_unix_nano", fixed64),
    ("severityText", "severity_text", text),
    ("traceId", "trace_id", id_bytes),
    ("spanId", "span_id", id_bytes),
    ("eventName", "event_name", text),
)


def traces_to_protobuf(body: bytes) -> bytes:
    """ExportTraceServiceRequest in protobuf from the same in JSON.

    An id that is not hex becomes empty, so that decoding refuses its span alone.

    Raises:
        ValueError: malformed; the message names the path.
    """
    request: Any = wire.MESSAGES["TraceRequest"]()
    _each(parse_object(body), "resourceSpans", request.resource_spans, _fill_resource_spans)
    return bytes(request.SerializeToString())


def logs_to_protobuf(body: bytes) -> bytes:
    """ExportLogsServiceRequest in protobuf from the same in JSON.

    Raises:
        ValueError: malformed; the message names the path.
    """
    request: Any = wire.MESSAGES["LogRequest"]()
    _each(parse_object(body), "resourceLogs", request.resource_logs, _fill_resource_logs)
    return bytes(request.SerializeToString())


def _fill_resource_spans(entry: Mapping[str, Any], target: Any) -> None:
    _one(entry, "resource", target.resource, _fill_attributes)
    _each(entry, "scopeSpans", target.scope_spans, _fill_scope_spans)


def _fill_resource_logs(entry: Mapping[str, Any], target: Any) -> None:
    _one(entry, "resource", target.resource, _fill_attributes)
    _each(entry, "scopeLogs", target.scope_logs, _fill_scope_logs)


def _fill_scope_spans(entry: Mapping[str, Any], target: Any) -> None:
    _one(entry, "scope", target.scope, _fill_scope)
    _each(entry, "spans", target.spans, _fill_span)


def _fill_scope_logs(entry: Mapping[str, Any], target: Any) -> None:
    _one(entry, "scope", target.scope, _fill_scope)
    _each(entry, "logRecords", target.log_records, _fill_log_record)


def _fill_attributes(entry: Mapping[str, Any], target: Any) -> None:
    _each(entry, "attributes", target.attributes, _fill_pair)


def _fill_scope(entry: Mapping[str, Any], target: Any) -> None:
    _fill_fields(entry, target, _SCOPE)
    _fill_attributes(entry, target)


def _fill_span(entry: Mapping[str, Any], target: Any) -> None:
    _fill_fields(entry, target, _SPAN)
    _fill_attributes(entry, target)
    _each(entry, "events", target.events, _fill_event)
    _each(entry, "links", target.links, _fill_link)
    _one(entry, "status", target.status, _fill_status)


def _fill_event(entry: Mapping[str, Any], target: Any) -> None:
    _fill_fields(entry, target, _EVENT)
    _fill_attributes(entry, target)


def _fill_link(entry: Mapping[str, Any], target: Any) -> None:
    _fill_fields(entry, target, _LINK)
    _fill_attributes(entry, target)


def _fill_status(entry: Mapping[str, Any], target: Any) -> None:
    _fill_fields(entry, target, _STATUS)


def _fill_log_record(entry: Mapping[str, Any], target: Any) -> None:
    _fill_fields(entry, target, _LOG_RECORD)
    _fill_attributes(entry, target)
    _one(entry, "body", target.body, _fill_value)


def _fill_fields(entry: Mapping[str, Any], target: Any, fields: Fields) -> None:
    for name, field, reader in fields:
        value = read(entry, name, reader)
        if value is not None:
            setattr(target, field, value)


def _fill_pair(entry: Mapping[str, Any], target: Any, depth: int = 0) -> None:
    target.key = read(entry, "key", text) or ""
    value = entry.get("value")
    if value is None:
        return
    try:
        content = as_object(value)
        target.value.SetInParent()
        _fill_value(content, target.value, depth)
    except MalformedError as error:
        raise error.at("value") from None


def _fill_value(entry: Mapping[str, Any], target: Any, depth: int = 0) -> None:
    """The first member that is set, a scalar before a list or map; the others are only checked."""
    filled = False
    for name, content in entry.items():
        if content is not None and name in _PLAIN_VALUES:
            field, reader = _PLAIN_VALUES[name]
            value = read(entry, name, reader)
            if not filled:
                setattr(target, field, value)
            filled = True
    _fill_nested(entry, type(target)() if filled else target, depth)


def _fill_nested(entry: Mapping[str, Any], target: Any, depth: int) -> None:
    items, pairs = member(entry, "arrayValue"), member(entry, "kvlistValue")
    if items is None and pairs is None:
        return
    if depth >= MAX_NESTING:
        raise MalformedError(f"must not hold lists and maps deeper than {MAX_NESTING}")
    if pairs is not None:
        target.kvlist_value = _map_bytes(entry, depth + 1)
    if items is None:
        return
    scalars = _list_message(entry, depth + 1)
    if pairs is not None:
        return
    if isinstance(target, _SCALAR):
        target.array_value = scalars.SerializeToString()
        return
    target.array_value.SetInParent()
    target.array_value.CopyFrom(scalars)


def _map_bytes(entry: Mapping[str, Any], depth: int) -> bytes:
    pairs: Any = _KEY_VALUE_LIST()

    def fill(content: Mapping[str, Any], target: Any) -> None:
        _each(content, "values", target, lambda item, pair: _fill_pair(item, pair, depth))

    _one(entry, "kvlistValue", pairs.values, fill)
    return bytes(pairs.SerializeToString())


def _list_message(entry: Mapping[str, Any], depth: int) -> Any:
    scalars: Any = _SCALARS()

    def fill(content: Mapping[str, Any], target: Any) -> None:
        # A null in a list keeps its place.
        values = [{} if item is None else item for item in read(content, "values", as_list) or ()]
        whole = {"values": values}
        _each(whole, "values", target, lambda item, scalar: _fill_value(item, scalar, depth))

    _one(entry, "arrayValue", scalars.values, fill)
    return scalars


Fill = Callable[[Mapping[str, Any], Any], None]


def _one(entry: Mapping[str, Any], name: str, target: Any, fill: Fill) -> None:
    value = member(entry, name)
    if value is None:
        return
    try:
        fill(as_object(value), target)
    except MalformedError as error:
        raise error.at(name) from None


def _each(entry: Mapping[str, Any], name: str, targets: Any, fill: Fill) -> None:
    for index, item in enumerate(read(entry, name, as_list) or ()):
        if item is None:
            continue
        try:
            fill(as_object(item), targets.add())
        except MalformedError as error:
            raise error.at(f"{name}[{index}]") from None
