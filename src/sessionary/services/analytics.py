"""Ask for figures over time and by group: names looked up, what is too much refused."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessionary.errors import Fault, InvalidRequestError
from sessionary.model.analytics import Analytics, AnalyticsQuestion
from sessionary.model.interval import INTERVALS, count_starts, starts
from sessionary.model.session_filter import Filter
from sessionary.model.window import Window
from sessionary.store.analytics.metrics import METRICS, SPLITS, UNSPLIT
from sessionary.store.analytics.queries import analytics, analytics_bounds
from sessionary.store.clickhouse.pool import Database

MAX_BUCKETS = 1000
MAX_GROUPS = 100
MAX_METRICS = 12
MAX_FIGURES = 200_000
AUTO, NONE = "auto", "none"
# What auto stays below: as many as a chart can show apart.
_DEFAULT_BUCKETS = 120


@dataclass(frozen=True, slots=True)
class AskedAnalytics:
    """A question as it was sent."""

    window: Window
    metrics: Sequence[str]
    interval: str
    split_by: str
    order_by: str
    limit: int
    where: Filter


@dataclass(frozen=True, slots=True)
class AnsweredAnalytics:
    """The question as it was understood, and its answer."""

    question: AnalyticsQuestion
    interval: str
    analytics: Analytics


def ask(database: Database, workspace_id: str, asked: AskedAnalytics) -> AnsweredAnalytics:
    """The figures asked for.

    Raises:
        InvalidRequestError: a name is not known, or it would be more than one answer holds.
    """
    _check_names(asked)
    from_ns, to_ns = _window(database, workspace_id, asked)
    interval = _interval(asked.interval, from_ns, to_ns)
    begins = [] if interval == NONE else starts(interval, from_ns, to_ns)
    _check_size(asked, len(begins))
    question = AnalyticsQuestion(
        from_ns,
        to_ns,
        metrics=tuple(METRICS[name] for name in dict.fromkeys(asked.metrics)),
        order_by=METRICS[asked.order_by or asked.metrics[0]],
        split=SPLITS[asked.split_by] if asked.split_by else UNSPLIT,
        limit=asked.limit,
        starts=tuple(begins),
        where=asked.where,
    )
    return AnsweredAnalytics(question, interval, analytics(database, workspace_id, question))


def _check_names(asked: AskedAnalytics) -> None:
    names = [
        *((f"metrics.{place}", name, METRICS) for place, name in enumerate(asked.metrics)),
        ("order_by", asked.order_by or asked.metrics[0], METRICS),
        ("split_by", asked.split_by, ("", *SPLITS)),
        ("interval", asked.interval, (AUTO, NONE, *INTERVALS)),
    ]
    faults = [
        Fault(path, f"{name[:200]!r} is not one of {', '.join(filter(None, known))}")
        for path, name, known in names
        if name not in known
    ]
    if faults:
        raise InvalidRequestError(f"{faults[0].path}: {faults[0].message}", tuple(faults))


def _window(database: Database, workspace_id: str, asked: AskedAnalytics) -> tuple[int, int]:
    """From and to."""
    window = asked.window
    if window.from_ns is not None:
        return window.from_ns, window.to_ns
    return window.of_all(analytics_bounds(database, workspace_id, asked.where))


def _interval(name: str, from_ns: int, to_ns: int) -> str:
    if name == AUTO:
        few = (i for i in INTERVALS if count_starts(i, from_ns, to_ns) <= _DEFAULT_BUCKETS)
        return next(few, INTERVALS[-1])
    if name != NONE and (buckets := count_starts(name, from_ns, to_ns)) > MAX_BUCKETS:
        fit = [i for i in INTERVALS if count_starts(i, from_ns, to_ns) <= MAX_BUCKETS]
        message = (
            f"{name!r} makes {buckets:,} buckets of this period, of at most {MAX_BUCKETS:,}; "
            f"these fit: {', '.join([AUTO, NONE, *fit])}"
        )
        raise InvalidRequestError(message, (Fault("interval", message),))
    return name


def _check_size(asked: AskedAnalytics, buckets: int) -> None:
    groups = asked.limit if asked.split_by else 0
    # In addition to the listed groups there are all others and the total.
    figures = (buckets + 1) * (groups + 2) * len(asked.metrics)
    if figures > MAX_FIGURES:
        message = (
            f"{buckets:,} buckets of {groups:,} groups with {len(asked.metrics)} metrics are "
            f"{figures:,} figures, of at most {MAX_FIGURES:,}: request fewer groups (limit) "
            "or for a longer interval"
        )
        raise InvalidRequestError(message, (Fault("limit", message),))
