"""The types of a query's filters: which operators each has, and what those mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sessionary.api.filters import dates as filter_dates
from sessionary.api.filters.paths import TEXT_TYPES
from sessionary.api.http.request_value import BodyPart
from sessionary.model.session_filter import (
    Empty,
    Filter,
    Flag,
    HasAll,
    HasAny,
    Not,
    Range,
    Text,
    TextTest,
)
from sessionary.store.sessions.paths import PathType

# The path, the value as it was sent, and the time that relative dates start from.
Build = Callable[[str, BodyPart, datetime], Filter]
Operators = Mapping[str, Build]


@dataclass(frozen=True, slots=True)
class FilterType:
    """One type of filter: its operators, and the types of path that it is for."""

    operators: Operators
    paths: tuple[PathType, ...]


def _text(test: TextTest) -> Build:
    return lambda path, value, now: Text(path, test, value.text())


def _has_any(path: str, value: BodyPart, now: datetime) -> Filter:
    return HasAny(path, value.texts())


def _has_all(path: str, value: BodyPart, now: datetime) -> Filter:
    return HasAll(path, value.texts())


def _flag(path: str, value: BodyPart, now: datetime) -> Filter:
    # The reference client leaves out a false.
    return Flag(path, not value.is_absent and value.boolean())


def _empty(path: str, value: BodyPart, now: datetime) -> Filter:
    return Empty(path)


def _range(range_of: Callable[[str, Decimal], Range]) -> Build:
    return lambda path, value, now: range_of(path, value.number())


def _between(path: str, value: BodyPart, now: datetime) -> Filter:
    ends = [end.number() for end in value.items()] if isinstance(value.value, list) else []
    if len(ends) != 2:
        value.refuse("needs a list of two numbers: [lowest, highest]")
        return Empty(path)
    return Range(path, low=ends[0], high=ends[1])


def _not(build: Build) -> Build:
    return lambda path, value, now: Not(build(path, value, now))


_equals = _range(lambda path, number: Range(path, number, number))
_EMPTY: Operators = {"is_empty": _empty, "is_not_empty": _not(_empty)}
_IS: Operators = {"is": _text(TextTest.IS), "is_not": _not(_text(TextTest.IS))}
_TEXT: Operators = {
    **_IS,
    "contains": _text(TextTest.CONTAINS),
    "does_not_contain": _not(_text(TextTest.CONTAINS)),
    "starts_with": _text(TextTest.STARTS_WITH),
    "ends_with": _text(TextTest.ENDS_WITH),
    **_EMPTY,
}
_NUMBER: Operators = {
    "equals": _equals,
    "is_not_equal": _not(_equals),
    "is_greater_than": _range(lambda path, number: Range(path, low=number, excludes_ends=True)),
    "is_less_than": _range(lambda path, number: Range(path, high=number, excludes_ends=True)),
    "is_greater_than_or_equal_to": _range(lambda path, number: Range(path, low=number)),
    "is_less_than_or_equal_to": _range(lambda path, number: Range(path, high=number)),
    "is_between": _between,
    **_EMPTY,
}
_DATE: Operators = {
    "is": filter_dates.on,
    "is_before": filter_dates.before,
    "is_on_or_before": filter_dates.on_or_before,
    "is_between": filter_dates.between,
    "is_relative_today": filter_dates.relative_to_today,
    "is_relative_time": filter_dates.since,
    **_EMPTY,
}

FILTER_TYPES: Mapping[str, FilterType] = {
    "string": FilterType(_TEXT, (*TEXT_TYPES, PathType.SCORE)),
    "single-value-array": FilterType({**_IS, **_EMPTY}, (*TEXT_TYPES, PathType.SCORE)),
    "multi-value-array": FilterType(
        {"contains": _has_all, "does_not_contain": _not(_has_any), **_EMPTY}, TEXT_TYPES
    ),
    "number": FilterType(_NUMBER, (PathType.NUMBER, PathType.SCORE)),
    "date": FilterType(_DATE, (PathType.DATE,)),
    "boolean": FilterType({"is": _flag}, (PathType.BOOLEAN, PathType.SCORE)),
}
# By the type of an evaluator's output.
EVALUATOR_TYPES: Mapping[str, FilterType] = {
    "number": FilterType({"is": _equals, **_NUMBER}, (PathType.SCORE,)),
    "boolean": FilterType({"is": _flag, **_EMPTY}, (PathType.SCORE,)),
    "string": FilterType({**_IS, **_EMPTY}, (PathType.SCORE,)),
    "enum": FilterType({**_IS, **_EMPTY}, (PathType.SCORE,)),
}
