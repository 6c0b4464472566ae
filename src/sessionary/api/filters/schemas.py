"""The JSON schemas of the filters of sessions, made from the tables that read them."""

from collections.abc import Collection
from typing import Any

from sessionary.api.filters.activity_window import INTERVALS, KINDS, OTHER_INTERVALS, OTHER_KINDS
from sessionary.api.filters.dates import DAYS, MAX_COUNT, MODES, SPANS, UNITS
from sessionary.api.filters.operators import FILTER_TYPES
from sessionary.api.filters.paths import TEXT_TYPES
from sessionary.api.http.body_types import RULE
from sessionary.api.http.request_value import MAX_CHARACTERS, MAX_ITEMS, MAX_NUMBER
from sessionary.store.sessions.paths import MESSAGES, PATHS, PREFIXES, PathType

MAX_FILTERS = 100
Schema = dict[str, Any]

_TEXT: Schema = {"type": "string", "maxLength": MAX_CHARACTERS}
_TEXTS: Schema = {"type": "array", "items": _TEXT, "maxItems": MAX_ITEMS}
_NUMBER: Schema = {"type": "number", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER}
_NULL: Schema = {"type": "null"}
_NOTHING: Schema = {"enum": [None, ""]}
_MILLISECONDS: Schema = {
    "anyOf": [
        {"type": "integer", "minimum": 1 - 10**15, "maximum": 10**15 - 1},
        {"type": "string", "pattern": "^(-?[0-9]{1,14})?$"},
        _NULL,
    ],
    "description": "Milliseconds since 1970.",
}


def _object(required: Collection[str], **properties: Schema) -> Schema:
    return {"type": "object", "required": list(required), "properties": properties}


def _all(**properties: Schema) -> Schema:
    return _object(properties, **properties)


def _any(*schemas: Schema) -> Schema:
    return {"anyOf": list(schemas)}


def path_schema(types: Collection[PathType], *more: str) -> Schema:
    """A path of one of these types, or one of `more`."""
    names = [name for name, path in PATHS.items() if path.type in types]
    prefixes = [prefix for prefix, type in PREFIXES.items() if type in types]
    keyed = [
        {"type": "string", "pattern": f"^{prefix[:-1]}[.][\\s\\S]+", "maxLength": MAX_CHARACTERS}
        for prefix in prefixes
    ]
    return _any({"enum": [*names, *more]}, *keyed)


_TEXT_PATH = path_schema(TEXT_TYPES)
_SEARCH_PATHS: Schema = {
    "type": "array",
    "items": path_schema(TEXT_TYPES, MESSAGES),
    "minItems": 1,
    "maxItems": MAX_FILTERS,
}
_LIST_FILTERS = (
    _all(type={"const": "id"}, path=_TEXT_PATH, id=_TEXT),
    _all(type={"const": "search"}, searchPaths=_SEARCH_PATHS, value=_TEXT),
    _all(
        type={"const": "string"},
        path=_TEXT_PATH,
        operator={"enum": ["contains", "equals"]},
        value=_TEXT,
    ),
    _all(type={"const": "string_array"}, path=_TEXT_PATH, operator={"const": "in"}, values=_TEXTS),
)
_ACTIVITY: Schema = {
    **_object(
        (),
        interval=_any({"enum": [*INTERVALS, *OTHER_INTERVALS]}, _NOTHING),
        start_date=_MILLISECONDS,
        end_date=_MILLISECONDS,
        tags=_any(_TEXTS, _NULL),
        kind=_any({"enum": [*KINDS, *OTHER_KINDS]}, _NOTHING),
        project_id=_any(_TEXT, _NULL),
        client=_any(_TEXT, _NULL),
        repo=_any(_TEXT, _NULL),
    ),
    "additionalProperties": False,
}
FILTERS: Schema = _any(
    {"type": "array", "items": _any(*_LIST_FILTERS), "maxItems": MAX_FILTERS}, _ACTIVITY, _NULL
)

_MODE: Schema = {"enum": list(MODES)}
_MOMENT: Schema = {
    **_any({"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}),
    RULE: "in the years 1 to 9999",
}
_COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": MAX_COUNT}
_NAMED = _any(
    _all(criteria=_all(relativeTime={"enum": list(DAYS)})),
    _all(mode=_MODE, criteria=_all(relativeTime={"const": "custom_date"}, customDate=_MOMENT)),
)
_OPEN = _any(_MOMENT, _NULL)
_BETWEEN = _any(
    _all(mode=_MODE, criteria=_object(["startDate"], startDate=_MOMENT, endDate=_OPEN)),
    _all(mode=_MODE, criteria=_object(["endDate"], startDate=_OPEN, endDate=_MOMENT)),
)
_UNIT: Schema = {"enum": list(UNITS)}
_RELATIVE = _any(
    _all(criteria=_all(unit=_UNIT, direction={"const": "present"})),
    _all(mode=_MODE, criteria=_all(unit=_UNIT, direction={"const": "past"}, count=_COUNT)),
)
_SINCE = _all(criteria=_all(unit={"enum": list(SPANS)}, count=_COUNT))
_RANGE: Schema = {"type": "array", "items": _NUMBER, "minItems": 2, "maxItems": 2}
# The value of a type's operators; of those that are not here, it is not read.
_VALUES: dict[str, dict[str, Schema]] = {
    "string": dict.fromkeys(
        ("is", "is_not", "contains", "does_not_contain", "starts_with", "ends_with"), _TEXT
    ),
    "single-value-array": {"is": _TEXT, "is_not": _TEXT},
    "multi-value-array": {"contains": _TEXTS, "does_not_contain": _TEXTS},
    "number": {
        name: _RANGE if name == "is_between" else _NUMBER
        for name in FILTER_TYPES["number"].operators
        if not name.endswith("_empty")
    },
    "date": {
        "is": _NAMED,
        "is_before": _NAMED,
        "is_on_or_before": _NAMED,
        "is_between": _BETWEEN,
        "is_relative_today": _RELATIVE,
        "is_relative_time": _SINCE,
    },
}


def _plain_filters() -> list[Schema]:
    """Filters that name their own type and path, one schema for each type and kind of value."""
    found = []
    for name, type in FILTER_TYPES.items():
        common: Schema = {
            "type": {"const": name},
            "path": path_schema(type.paths),
            "selectedOptionId": _NOTHING,
        }
        values = _VALUES.get(name, {})
        for value in {id(value): value for value in values.values()}.values():
            operators = {"enum": [operator for operator in values if values[operator] is value]}
            given = {**common, "operator": operators, "value": value}
            found.append(_object(("type", "path", "operator", "value"), **given))
        unread = {"enum": [operator for operator in type.operators if operator not in values]}
        if unread["enum"]:
            value = _any({"type": "boolean"}, _NULL) if name == "boolean" else {}
            given = {**common, "operator": unread, "value": value}
            found.append(_object(("type", "path", "operator"), **given))
    return found


_BY_OPTION: Schema = {
    **_all(
        type={"enum": [*FILTER_TYPES, "object", "evaluator"]},
        selectedOptionId={"type": "string", "minLength": 1, "maxLength": MAX_CHARACTERS},
        options={"type": "array", "items": _object(["id"], id={"type": "string"}), "minItems": 1},
        operator={"type": "string"},
    ),
    RULE: "`selectedOptionId` is the `id` of one of the options, whose `type` and `path` then "
    "decide what `operator` and `value` may be",
}
QUERY: Schema = _any(
    _object(
        (),
        search=_any(_TEXT, _NULL),
        searchPaths=_any(_SEARCH_PATHS, _NULL),
        operator=_any({"enum": ["and", "or"]}, _NULL),
        filters=_any(
            {
                "type": "array",
                "items": _any(*_plain_filters(), _BY_OPTION),
                "maxItems": MAX_FILTERS,
            },
            _NULL,
        ),
    ),
    _NULL,
)
