"""Filters of sessions: typed conditions on paths of the API, and how they are combined.

Values are final: dates are instants and numbers exact, and the parser of a condition has checked
that its path has that type.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class TextTest(StrEnum):
    """How a text is compared."""

    IS = "is"
    CONTAINS = "contains"
    CONTAINS_ANY_CASE = "contains, without regard to case"
    STARTS_WITH = "starts with"
    ENDS_WITH = "ends with"


@dataclass(frozen=True, slots=True)
class Text:
    """The text at the path passes the test; of a list, any of its texts."""

    path: str
    test: TextTest
    value: str


@dataclass(frozen=True, slots=True)
class HasAny:
    """One of the values at least is at the path."""

    path: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasAll:
    """All of the values are at the path."""

    path: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """The number at the path lies between two ends; an end that is None is no end."""

    path: str
    low: Decimal | None = None
    high: Decimal | None = None
    excludes_ends: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """The time at the path is not earlier than one and earlier than another; None is no end.

    Nanoseconds since 1970.
    """

    path: str
    from_ns: int | None = None
    before_ns: int | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """The boolean at the path is this."""

    path: str
    value: bool


@dataclass(frozen=True, slots=True)
class Empty:
    """There is nothing at the path: no text, an empty list."""

    path: str


@dataclass(frozen=True, slots=True)
class MessageSearch:
    """A message of the session, in or out, contains the text, without regard to case."""

    text: str


@dataclass(frozen=True, slots=True)
class InProject:
    """Sessions of the project, of which only what its own traces say and score is looked at."""

    project_id: str
    of: "Filter"


@dataclass(frozen=True, slots=True)
class Not:
    """All other sessions."""

    of: "Filter"


@dataclass(frozen=True, slots=True)
class And:
    """What all of them select; all sessions where there is none."""

    of: tuple["Filter", ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """What any of them selects."""

    of: tuple["Filter", ...]


Condition = Text | HasAny | HasAll | Range | Period | Flag | Empty
Filter = Condition | MessageSearch | InProject | Not | And | Or

EVERYTHING = And()
