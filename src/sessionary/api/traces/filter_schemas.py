"""The JSON schemas of filters, orders and figures of traces, made from the table of their fields.

Values may be sent as text or as what they are; null is the same as leaving a value out.
"""

from collections.abc import Iterable
from typing import Any

from sessionary.api.http.body_types import RULE
from sessionary.model.trace_filter import Field, FieldType
from sessionary.services.traces.aggregate import COUNT, is_metric
from sessionary.services.traces.parse_request import DECIMALS, MAX_TEXT
from sessionary.store.traces.aggregate import AGGREGATIONS
from sessionary.store.traces.fields import FIELDS, KEYED_FIELDS, OPERATORS

Schema = dict[str, Any]

NULL: Schema = {"type": "null"}
TEXT: Schema = {
    "anyOf": [
        {"type": "string", "maxLength": MAX_TEXT},
        {"type": ["number", "boolean", "null"]},
    ]
}
TIME: Schema = {
    "anyOf": [{"type": "string", "format": "date-time"}, {"enum": ["", None]}],
    RULE: "in the years 1970 to 2261, and `from` not after `to`",
}


def names_of(fields: Iterable[Field]) -> list[str]:
    """The names and aliases of fields."""
    return [name for field in fields for name in (field.name, *field.aliases)]


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def _value(field: Field) -> Schema:
    match field.type:
        case FieldType.BOOLEAN:
            return {"enum": ["true", "false", True, False]}
        case FieldType.STRING | FieldType.STRINGS:
            return {"enum": list(field.choices)} if field.choices else TEXT
        case FieldType.DATE:
            return {"type": "string", "format": "date-time", RULE: "in the years 1970 to 2261"}
        case FieldType.INTEGER | FieldType.DURATION | FieldType.MONEY:
            decimals = DECIMALS[field.type]
            fraction = f"([.][0-9]{{1,{decimals}}})?" if decimals else ""
            bounds = {"exclusiveMinimum": -(10**12), "exclusiveMaximum": 10**12}
            return {
                **_any(
                    {"type": "number" if decimals else "integer", **bounds},
                    {"type": "string", "pattern": f"^-?[0-9]{{1,12}}{fraction}$"},
                ),
                **({RULE: f"at most {decimals} decimals"} if decimals else {}),
            }


def _filters(fields: Iterable[tuple[Field, Schema]]) -> Iterable[Schema]:
    """A schema for each set of fields with the same values, and number of values."""
    alike: dict[str, tuple[Field, list[Schema]]] = {}
    for field, name in fields:
        key = f"{field.operators} {_value(field)}"
        alike.setdefault(key, (field, []))[1].append(name)
    for field, names in alike.values():
        for bounds in sorted({OPERATORS[operator] for operator in field.operators}):
            operators = [operator for operator in field.operators if OPERATORS[operator] == bounds]
            values = {
                "type": "array",
                "items": _value(field),
                "minItems": bounds[0],
                "maxItems": bounds[1],
            }
            yield {
                "type": "object",
                "properties": {
                    "field": _any(*names),
                    "op": {"enum": operators},
                    "values": values if bounds[0] else _any(values, NULL),
                },
                "required": ["field", "op", *(["values"] if bounds[0] else [])],
            }


_NAMED = [(field, {"enum": names_of([field])}) for field in FIELDS if field.operators]
_KEYED = [
    (field, {"type": "string", "pattern": f"^{field.name[:-1]}[.][\\s\\S]+"})
    for field in KEYED_FIELDS
]
_ORDER: Schema = {"enum": ["asc", "desc", "", None]}
_AGGREGATION: Schema = {"enum": [*AGGREGATIONS, "", None]}


def _measure(metric: list[str], op: Schema, **more: str) -> Schema:
    properties = {"metric": {"enum": metric, **more}, "op": op}
    return {"type": "object", "properties": properties, "required": ["metric"]}


TRACE_SCHEMAS: dict[str, Schema] = {
    "TraceFilter": _any(*_filters([*_NAMED, *_KEYED])),
    "TraceSort": {
        "type": "object",
        "properties": {
            "field": {"enum": names_of(field for field in FIELDS if field.is_sortable)},
            "order": _ORDER,
        },
        "required": ["field"],
    },
    "TraceMeasure": _any(
        _measure([COUNT], {"enum": [COUNT, "", None]}),
        _measure(
            names_of(field for field in FIELDS if is_metric(field)),
            _AGGREGATION,
            **{RULE: "known by model, where traces are grouped by model"},
        ),
    ),
}
GROUP: Schema = {"enum": names_of(field for field in FIELDS if field.is_groupable)}
