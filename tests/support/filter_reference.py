"""A reference implementation of filters, in plain Python over a session's JSON."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.support.server import Json, instant_ns

TEXTS = (
    "_id",
    "external_id",
    "workspace_id",
    "project_id",
    "title",
    "client",
    "repo",
    "kind",
    "metadata.plan",
    "metadata.a.b {x:String}",
    "metadata.nobody's",  # words: allow
)
LISTS = ("contact_ids", "tags", "environments", "providers", "models")
NUMBERS = (
    "duration",
    "active_duration",
    "idle_duration",
    "billing.input_cost",
    "billing.output_cost",
    "billing.total_cost",
    "usage.prompt_tokens",
    "usage.completion_tokens",
    "usage.total_tokens",
    "cached_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "traces_count",
    "spans_count",
    "model_calls_count",
    "failed_calls_count",
    "tool_calls_count",
    "errors_count",
    "unpriced_calls_count",
)
DATES = ("started_at", "ended_at", "updated_at")
SCORES = ("scores.quality", "scores.verdict's", "scores.none")
DAY_NS = 86_400 * 10**9


def value_at(session: Json, path: str) -> Any:
    """The value at a path: texts, a text, an exact number, nanoseconds, or a boolean."""
    if path == "has_errors":
        return session["errors_count"] > 0
    if path == "models":
        names = {
            name for use in session["models"] for name in (use["model"], *use["request_models"])
        }
        return sorted(names - {None, ""})
    if path.startswith(("metadata.", "scores.")):
        kind, _, key = path.partition(".")
        return session[kind].get(key, [] if kind == "scores" else "")
    value: Any = session
    for part in path.split("."):
        value = value[part]
    if path in NUMBERS:
        return Decimal(str(value))
    return instant_ns(value) if path in DATES else ("" if value is None else value)


def mean_score(session: Json, path: str, *, none: float) -> float:
    """The mean of the numeric scores at a path, `none` if there are none."""
    numbers: list[float] = [s for s in value_at(session, path) if not isinstance(s, str)]
    return sum(numbers) / len(numbers) if numbers else none


def selects(filter_: Json, session: Json, now: datetime) -> bool:
    """Whether a query's filter selects the session."""
    kind, operator = filter_["type"], filter_["operator"]
    value = value_at(session, filter_["path"])
    wanted: Any = filter_.get("value")
    if filter_["path"].startswith("scores."):
        return _of_scores(kind, operator, wanted, value)
    if operator in ("is_empty", "is_not_empty"):
        is_empty = value in ("", [])
        return is_empty == (operator == "is_empty")
    if kind == "number":
        return _of_number(operator, value, wanted)
    if kind == "date":
        return _of_date(operator, value, wanted, now)
    if kind == "boolean":
        return bool(value == wanted)
    texts = value if isinstance(value, list) else [value]
    if kind == "multi-value-array":
        found = [text in texts for text in wanted]
        return all(found) if operator == "contains" else not any(found)
    return _of_texts(operator, texts, wanted)


_TEXT: Mapping[str, Callable[[str, str], bool]] = {
    "is": lambda text, wanted: text == wanted,
    "contains": lambda text, wanted: wanted in text,
    "starts_with": str.startswith,
    "ends_with": str.endswith,
}


def _of_texts(operator: str, texts: list[str], wanted: str) -> bool:
    opposites = {"is_not": "is", "does_not_contain": "contains"}
    positive = opposites.get(operator, operator)
    return any(_TEXT[positive](text, wanted) for text in texts) == (operator == positive)


def _of_number(operator: str, value: Decimal, wanted: Any) -> bool:
    if operator == "is_between":
        low, high = (Decimal(str(end)) for end in wanted)
        return low <= value <= high
    number = Decimal(str(wanted))
    return {
        "equals": value == number,
        "is": value == number,
        "is_not_equal": value != number,
        "is_greater_than": value > number,
        "is_less_than": value < number,
        "is_greater_than_or_equal_to": value >= number,
        "is_less_than_or_equal_to": value <= number,
    }[operator]


def _of_scores(kind: str, operator: str, wanted: Any, scores: list[float | str]) -> bool:
    if operator in ("is_empty", "is_not_empty"):
        return (not scores) == (operator == "is_empty")
    texts = [score for score in scores if isinstance(score, str)]
    if kind in ("string", "single-value-array"):
        return _of_texts(operator, texts, wanted)
    numbers = [score for score in scores if not isinstance(score, str)]
    if not numbers:
        return operator == "is_not_equal"
    mean = sum(numbers) / len(numbers)
    return _of_number(operator, Decimal(str(mean)), wanted)


def _of_date(operator: str, value: int, wanted: Json, now: datetime) -> bool:
    start, end = period(operator, wanted, now)
    return start <= value < end


def period(operator: str, wanted: Json, now: datetime) -> tuple[float, float]:
    """The selected period: its first nanosecond, and the first after it."""
    criteria, is_date = wanted["criteria"], wanted["mode"] == "date"
    never, ever = float("-inf"), float("inf")
    if operator == "is_between":
        low, high = criteria.get("startDate"), criteria.get("endDate")
        return (
            moment(low, is_date)[0] if low else never,
            moment(high, is_date)[1] if high else ever,
        )
    if operator == "is_relative_time":
        hours = criteria["count"] / (1 if criteria["unit"] == "hours_ago" else 60)
        return _ns(now - timedelta(hours=hours)), ever
    if operator == "is_relative_today":
        return _relative(criteria, is_date, now)
    start, end = _named(criteria, is_date, now)
    return {"is": (start, end), "is_before": (never, start), "is_on_or_before": (never, end)}[
        operator
    ]


def moment(text: str, is_date: bool) -> tuple[int, int]:
    """The start and end of a day or an instant."""
    text = text if "T" in text else f"{text}T00:00:00Z"
    ns = instant_ns(text)
    return (ns - ns % DAY_NS, ns - ns % DAY_NS + DAY_NS) if is_date else (ns, ns + 1)


def _named(criteria: Json, is_date: bool, now: datetime) -> tuple[int, int]:
    if criteria["relativeTime"] == "custom_date":
        return moment(criteria["customDate"], is_date)
    today = now.date()
    day = {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "one_week_ago": today - timedelta(weeks=1),
        "one_month_ago": _months_back(now, 1).date(),
    }[criteria["relativeTime"]]
    return moment(day.isoformat(), True)


def _relative(criteria: Json, is_date: bool, now: datetime) -> tuple[float, float]:
    unit, count = criteria["unit"], int(criteria.get("count", 0))
    if criteria["direction"] == "present":
        days = [datetime(now.year, 1, 1, tzinfo=UTC) + timedelta(days=n) for n in range(-7, 380)]
        keys: Mapping[str, Callable[[datetime], object]] = {
            "day": lambda d: d.date(),
            "week": lambda d: d.isocalendar()[:2],
            "month": lambda d: (d.year, d.month),
            "year": lambda d: d.year,
        }
        running = [d for d in days if keys[unit](d) == keys[unit](now)]
        return _ns(running[0]), _ns(running[-1]) + DAY_NS
    back = {
        "day": lambda: now - timedelta(days=count),
        "week": lambda: now - timedelta(weeks=count),
        "month": lambda: _months_back(now, count),
        "year": lambda: _months_back(now, 12 * count),
    }[unit]()
    if is_date:
        return moment(back.date().isoformat(), True)[0], moment(now.date().isoformat(), True)[1]
    return _ns(back), _ns(now) + 1


def _months_back(time: datetime, count: int) -> datetime:
    """The same day `count` months earlier, or the last day of that month."""
    month = time.month - 1 - count
    year, month = time.year + month // 12, month % 12 + 1
    if year < 1:
        return datetime(1, 1, 1, tzinfo=UTC)
    for day in range(time.day, 0, -1):
        try:
            return time.replace(year=year, month=month, day=day)
        except ValueError:
            continue
    raise AssertionError


def _ns(time: datetime) -> int:
    return int((time - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1)) * 1000
