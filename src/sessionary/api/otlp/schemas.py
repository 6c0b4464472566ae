"""The JSON schemas of OTLP requests, as far as a request is refused as a whole.

A span or log record that is wrong in itself is rejected alone, in a partial success.
Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
"""

from typing import Any

from sessionary.api.http.body_types import referred
from sessionary.otlp.json.request import SPAN_KINDS, STATUS_CODES

Schema = dict[str, Any]

_NULL: Schema = {"type": "null"}
_TEXT: Schema = {"type": ["string", "null"]}
_HEX: Schema = {"type": ["string", "null"], "description": "Hexadecimal."}
_INT64: Schema = {
    "anyOf": [
        {"type": "integer", "minimum": -(2**63), "maximum": 2**63 - 1},
        {"type": "string", "pattern": "^-?([0-9]{1,18}|[1-8][0-9]{18})$"},
        _NULL,
    ]
}
_TIME: Schema = {
    "anyOf": [
        {"type": "integer", "minimum": 0, "maximum": 2**64 - 1},
        {"type": "string", "pattern": "^[0-9]{0,19}$"},
        _NULL,
    ],
    "description": "Nanoseconds since 1970.",
}
_BASE64 = "^([A-Za-z0-9+/_-]{4})*([A-Za-z0-9+/_-]{2,3})?=*$"
_DOUBLE: Schema = {
    "anyOf": [
        {"type": "number"},
        {"type": "string", "pattern": "^(-?[0-9]{1,20}([.][0-9]{1,20})?|NaN|-?Infinity)$"},
        _NULL,
    ]
}


def _object(**properties: Schema) -> Schema:
    return {"type": ["object", "null"], "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": ["array", "null"], "items": items}


def _enum(names: tuple[str, ...]) -> Schema:
    number: Schema = {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}
    return {"anyOf": [{"enum": list(names)}, number, _NULL]}


_ATTRIBUTES = _list(_object(key=_TEXT, value=referred("OtlpValue")))
_RESOURCE = _object(attributes=_ATTRIBUTES)
_SCOPE = _object(name=_TEXT, version=_TEXT, attributes=_ATTRIBUTES)
_SPAN = _object(
    traceId=_HEX,
    spanId=_HEX,
    parentSpanId=_HEX,
    name=_TEXT,
    kind=_enum(tuple(f"SPAN_KIND_{name}" for name in SPAN_KINDS)),
    startTimeUnixNano=_TIME,
    endTimeUnixNano=_TIME,
    attributes=_ATTRIBUTES,
    events=_list(_object(timeUnixNano=_TIME, name=_TEXT, attributes=_ATTRIBUTES)),
    links=_list(_object(traceId=_HEX, spanId=_HEX, attributes=_ATTRIBUTES)),
    status=_object(message=_TEXT, code=_enum(STATUS_CODES)),
)
_LOG_RECORD = _object(
    timeUnixNano=_TIME,
    observedTimeUnixNano=_TIME,
    severityText=_TEXT,
    traceId=_HEX,
    spanId=_HEX,
    eventName=_TEXT,
    attributes=_ATTRIBUTES,
    body=referred("OtlpValue"),
)
_ISO_TIME: Schema = {
    "anyOf": [
        {
            "type": "string",
            "pattern": "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
            "T([01][0-9]|2[0-3])(:[0-5][0-9]){2}([.][0-9]{1,9})?Z$",
        },
        {"type": "string", "pattern": "^[0-9]{1,13}$"},
        _NULL,
    ]
}
_ANY_OBJECT: Schema = {"type": ["object", "null"]}
_TRACED_SPAN: Schema = {
    **_object(
        context=_object(trace_id=_HEX, span_id=_HEX),
        parent_id=_HEX,
        name=_TEXT,
        type=_TEXT,
        start_time=_ISO_TIME,
        end_time=_ISO_TIME,
        attributes=_ANY_OBJECT,
        events=_list(
            {**_object(name=_TEXT, timestamp=_ISO_TIME, attributes=_ANY_OBJECT), "type": "object"}
        ),
    ),
    "type": "object",
}
_SCALARS: Schema = {
    "stringValue": _TEXT,
    "boolValue": {"type": ["boolean", "null"]},
    "intValue": _INT64,
    "doubleValue": _DOUBLE,
    "bytesValue": {"anyOf": [{"type": "string", "pattern": _BASE64}, _NULL]},
}
_NESTED: Schema = {"type": ["object", "null"]}


def _request(**properties: Schema) -> Schema:
    return {"type": "object", "properties": properties}


def _resources(scopes: str, records: str, record: Schema) -> Schema:
    return _list(
        _object(
            resource=_RESOURCE,
            **{scopes: _list(_object(scope=_SCOPE, **{records: _list(record)}))},
        )
    )


OTLP_SCHEMAS: dict[str, Schema] = {
    "OtlpTraces": _request(resourceSpans=_resources("scopeSpans", "spans", _SPAN)),
    "OtlpLogs": _request(resourceLogs=_resources("scopeLogs", "logRecords", _LOG_RECORD)),
    "OtlpMetrics": {"description": "Metrics are accepted and discarded."},
    "OrqSpans": _request(spans=_list(_TRACED_SPAN)),
    "OtlpValue": _object(
        **_SCALARS,
        arrayValue=_object(values=_list(referred("OtlpItem"))),
        kvlistValue=_object(values=_list(_object(key=_TEXT, value=referred("OtlpItem")))),
    ),
    # Not a reference to the above: generators of requests fail on schemas without an end.
    "OtlpItem": {
        **_object(**_SCALARS, arrayValue=_NESTED, kvlistValue=_NESTED),
        "description": "Lists and maps in lists and maps have the same form, at most 32 deep.",
    },
}
