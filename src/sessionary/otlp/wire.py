"""The OTLP wire schema, trimmed to what Sessionary reads.

The messages have the same field numbers as opentelemetry-proto, so the same bytes parse.
Two things differ on purpose: `AnyValue` is not recursive (a columnar decoder needs a finite
schema, so a nested list or map stays opaque bytes, decoded apart when one occurs), and fields
that nothing reads are left out.

Source: https://github.com/open-telemetry/opentelemetry-proto (trace/v1, logs/v1, common/v1,
collector/*/v1) and google/rpc/status.proto.
"""

from typing import Any

import ptars
from google.protobuf import descriptor_pb2, descriptor_pool, message, message_factory

_PACKAGE = "sessionary.wire"
_FIELD = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "string": _FIELD.TYPE_STRING,
    "bytes": _FIELD.TYPE_BYTES,
    "bool": _FIELD.TYPE_BOOL,
    "int64": _FIELD.TYPE_INT64,
    "int32": _FIELD.TYPE_INT32,
    "double": _FIELD.TYPE_DOUBLE,
    "fixed64": _FIELD.TYPE_FIXED64,
}

# message -> ((number, name, type), …); a type in brackets repeats, a message starting with
# "oneof " holds one of its fields.
_VALUE = (
    (1, "string_value", "string"),
    (2, "bool_value", "bool"),
    (3, "int_value", "int64"),
    (4, "double_value", "double"),
    (6, "kvlist_value", "bytes"),
    (7, "bytes_value", "bytes"),
)
_MESSAGES: dict[str, tuple[tuple[int, str, str], ...]] = {
    "oneof Scalar": (*_VALUE, (5, "array_value", "bytes")),
    "Scalars": ((1, "values", "[Scalar]"),),
    "oneof AnyValue": (*_VALUE, (5, "array_value", "Scalars")),
    "KeyValue": ((1, "key", "string"), (2, "value", "AnyValue")),
    "KeyValueList": ((1, "values", "[KeyValue]"),),
    "Resource": ((1, "attributes", "[KeyValue]"),),
    "Scope": ((1, "name", "string"), (2, "version", "string"), (3, "attributes", "[KeyValue]")),
    "Event": (
        (1, "time_unix_nano", "fixed64"),
        (2, "name", "string"),
        (3, "attributes", "[KeyValue]"),
    ),
    "Link": ((1, "trace_id", "bytes"), (2, "span_id", "bytes"), (4, "attributes", "[KeyValue]")),
    "Status": ((2, "message", "string"), (3, "code", "int32")),
    "Span": (
        (1, "trace_id", "bytes"),
        (2, "span_id", "bytes"),
        (4, "parent_span_id", "bytes"),
        (5, "name", "string"),
        (6, "kind", "int32"),
        (7, "start_time_unix_nano", "fixed64"),
        (8, "end_time_unix_nano", "fixed64"),
        (9, "attributes", "[KeyValue]"),
        (11, "events", "[Event]"),
        (13, "links", "[Link]"),
        (15, "status", "Status"),
    ),
    "ScopeSpans": ((1, "scope", "Scope"), (2, "spans", "[Span]")),
    "ResourceSpans": ((1, "resource", "Resource"), (2, "scope_spans", "[ScopeSpans]")),
    "TraceRequest": ((1, "resource_spans", "[ResourceSpans]"),),
    "LogRecord": (
        (1, "time_unix_nano", "fixed64"),
        (11, "observed_time_unix_nano", "fixed64"),
        (3, "severity_text", "string"),
        (5, "body", "AnyValue"),
        (6, "attributes", "[KeyValue]"),
        (9, "trace_id", "bytes"),
        (10, "span_id", "bytes"),
        (12, "event_name", "string"),
    ),
    "ScopeLogs": ((1, "scope", "Scope"), (2, "log_records", "[LogRecord]")),
    "ResourceLogs": ((1, "resource", "Resource"), (2, "scope_logs", "[ScopeLogs]")),
    "LogRequest": ((1, "resource_logs", "[ResourceLogs]"),),
    # The three services' answers are alike: field 1 counts rejected spans, records or points.
    "PartialSuccess": ((1, "rejected", "int64"), (2, "error_message", "string")),
    "ExportResponse": ((1, "partial_success", "PartialSuccess"),),
    "RpcStatus": ((1, "code", "int32"), (2, "message", "string")),
}


def _descriptor(string_type: str) -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(
        name=f"sessionary/{string_type}.proto", package=f"{_PACKAGE}.{string_type}", syntax="proto3"
    )
    for title, fields in _MESSAGES.items():
        is_oneof, name = title.startswith("oneof "), title.removeprefix("oneof ")
        entry = file.message_type.add(name=name)
        if is_oneof:
            entry.oneof_decl.add(name="value")
        for number, field_name, type_name in fields:
            plain = type_name.strip("[]")
            field = entry.field.add(name=field_name, number=number)
            field.label = _FIELD.LABEL_REPEATED if plain != type_name else _FIELD.LABEL_OPTIONAL
            if plain in _SCALARS:
                field.type = _SCALARS[string_type if plain == "string" else plain]
            else:
                field.type = _FIELD.TYPE_MESSAGE
                field.type_name = f".{_PACKAGE}.{string_type}.{plain}"
            if is_oneof:
                field.oneof_index = 0
    return file


def _messages(string_type: str) -> tuple[dict[str, type[message.Message]], Any]:
    pool = descriptor_pool.DescriptorPool()
    pool.Add(_descriptor(string_type))
    names = (title.removeprefix("oneof ") for title in _MESSAGES)
    file = pool.FindFileByName(f"sessionary/{string_type}.proto")
    descriptors = {name: file.message_types_by_name[name] for name in names}
    classes = {name: message_factory.GetMessageClass(item) for name, item in descriptors.items()}
    handler = ptars.HandlerPool([file]).get_for_message(descriptors["TraceRequest"])
    return classes, handler


MESSAGES, _columnar = _messages("string")
# The same bytes with every string as bytes: what a body with invalid UTF-8 is repaired through.
_LENIENT, _ = _messages("bytes")


def parse(name: str, body: bytes) -> Any:
    """Parse `body` as the message `name`; invalid UTF-8 becomes U+FFFD.

    Raises:
        ValueError: the bytes are not that message.
    """
    try:
        return MESSAGES[name].FromString(body)
    except message.DecodeError as strict:
        try:
            lenient = _LENIENT[name].FromString(body)
        except message.DecodeError:
            raise ValueError(str(strict)) from None
        repaired = MESSAGES[name]()
        _copy_as_text(lenient, repaired)
        return repaired


def columns(bodies: list[bytes]) -> Any:
    """Decode trace requests straight to one Arrow record batch, a row per body.

    Raises:
        ValueError: at least one body is not a valid request.
    """
    return _columnar.list_to_record_batch(bodies)


def _copy_as_text(source: Any, target: Any) -> None:
    for field, value in source.ListFields():
        wanted = target.DESCRIPTOR.fields_by_name[field.name]
        if field.message_type is not None and field.is_repeated:
            for item in value:
                _copy_as_text(item, getattr(target, field.name).add())
        elif field.message_type is not None:
            getattr(target, field.name).SetInParent()
            _copy_as_text(value, getattr(target, field.name))
        elif wanted.type == _FIELD.TYPE_STRING:
            setattr(target, field.name, value.decode("utf-8", "replace"))
        else:
            setattr(target, field.name, value)
