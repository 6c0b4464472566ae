"""A score: what someone or something thinks of a session, a trace or a span."""

from dataclasses import dataclass
from typing import Literal

Value = bool | float | str | tuple[str, ...]
DataType = Literal["number", "boolean", "category", "categories", "text"]


@dataclass(frozen=True, slots=True)
class Target:
    """What is scored: a session by its external id, or a trace and perhaps a span of it."""

    session_id: str = ""
    trace_id: str = ""
    span_id: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """One score. `created_ns` is when its id was first given, in nanoseconds since 1970.

    The `session_id` of a score on a trace is that of the session it belongs to when read.
    """

    id: str
    target: Target
    name: str
    data_type: DataType
    value: Value
    comment: str
    source: str
    created_ns: int = 0


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """The scores of one name: how many, the mean of those with a number, the one given last."""

    count: int
    mean: float | None
    last: Value


def data_type_of(value: Value) -> DataType:
    """The default type of a value: a text is a category."""
    match value:
        case bool():
            return "boolean"
        case float() | int():
            return "number"
        case str():
            return "category"
        case tuple():
            return "categories"
