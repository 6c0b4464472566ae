"""What may be asked of many sessions' figures, over time and by group, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sessionary.model.session_filter import EVERYTHING, Filter

Figure = int | float | Decimal | None


class Source(StrEnum):
    """What a figure is read from: the smaller, the sooner read."""

    TRACES = "traces"
    MODELS = "models"
    """The parts of traces that each model has."""
    CALLS = "calls"


class Unit(StrEnum):
    """What a figure counts."""

    DOLLARS = "usd"
    TOKENS = "tokens"
    COUNT = "count"
    MILLISECONDS = "ms"


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure: `sql` over the columns of its sources, of which the first that a split has is read.

    One that `is_sum` is 0 of nothing; any other is then not known.
    """

    name: str
    unit: Unit
    sql: str
    sources: frozenset[Source]
    is_sum: bool = True
    of_session: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """What figures are split by: the names of the groups that a row of each source is in."""

    name: str
    of_trace: str
    of_call: str
    of_adjustment: str
    sources: tuple[Source, ...]
    of_session: bool = False


@dataclass(frozen=True, slots=True)
class AnalyticsQuestion:
    """Figures of the sessions that `where` selects, of the traces that began in the time.

    The `limit` groups of `split` with the largest `order_by` are listed separately. Times
    are nanoseconds since 1970; `starts` are those of the buckets, the first is `from_ns`.
    """

    from_ns: int
    to_ns: int
    metrics: tuple[Metric, ...]
    order_by: Metric
    split: Split
    limit: int
    starts: tuple[int, ...] = ()
    where: Filter = EVERYTHING


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one group by the names of their metrics: whole, and by bucket."""

    figures: Mapping[str, Figure]
    by_bucket: Mapping[str, Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Analytics:
    """The result: the total, the listed groups (largest first), and all others together.

    `other` is None where there are no others.
    """

    total: Series
    groups: Sequence[tuple[str, Series]]
    other: Series | None
