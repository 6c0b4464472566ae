"""What may be asked of traces: which ones, in which order, added up how."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sessionary.model.trace import Trace

Value = str | int | Decimal | bool


class FieldType(StrEnum):
    """What the values of a field are."""

    STRING = "string"
    STRINGS = "string_array"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DURATION = "duration"
    """Milliseconds outside, whole nanoseconds inside."""
    MONEY = "money"
    """US dollars, exact to twelve decimals."""
    DATE = "date"
    """RFC 3339 outside, nanoseconds since 1970 inside."""


class Scope(StrEnum):
    """What a field is of. A condition on spans holds if any span of the trace meets it."""

    TRACE = "trace"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Field:
    """Something that traces can be filtered, sorted, grouped or counted by.

    `sql` reads it from `traces` or `spans`; `of_model_sql`, where there is one, reads the part of
    the model `{model}`. `key` is what stands after the dot in `metadata.KEY`.
    """

    name: str
    label: str
    type: FieldType
    sql: str
    scope: Scope = Scope.TRACE
    operators: tuple[str, ...] = ()
    is_facet: bool = False
    is_sortable: bool = False
    is_groupable: bool = False
    is_hex: bool = False
    """The id of a trace or span: stored in lower case, accepted in either."""
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    of_model_sql: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A field held against values, which are of the field's type."""

    field: Field
    operator: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Traces that began from `from_ns` to before `to_ns` and meet all conditions, or any.

    `text`, if there is some, also has to occur in what names them; a project has to be theirs.
    """

    from_ns: int
    to_ns: int
    conditions: tuple[Condition, ...] = ()
    is_any: bool = False
    text: str = ""
    project_id: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One field to sort by."""

    field: Field
    is_descending: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A field added up: by sum, avg, min, max, p50…; without a field, how many traces."""

    name: str
    field: Field | None = None
    operator: str = "count"


@dataclass(frozen=True, slots=True)
class TracePage:
    """Traces in order; `next_keys` are the sort values of the last one, if more follow."""

    traces: Sequence[Trace]
    next_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Traces that have the same values in the fields asked for, in that order, and their sums."""

    values: tuple[str, ...]
    measures: dict[str, int | float | Decimal]
