"""The dates of a filter: named, relative to now or written out, all resolved to instants of UTC."""

import re
from datetime import UTC, datetime, timedelta

from sessionary.api.http.request_value import BodyPart
from sessionary.model.instant import nanoseconds
from sessionary.model.session_filter import Filter, Period

_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?)?(?:[Zz]|([+-]\d\d):?(\d\d))?"
)
_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_DAY_NS = 86_400 * 10**9
MODES = ("date", "datetime")
MAX_COUNT = 100_000
UNITS = ("day", "week", "month", "year")
SPANS = {"hours_ago": timedelta(hours=1), "minutes_ago": timedelta(minutes=1)}
DAYS = ("today", "yesterday", "one_week_ago", "one_month_ago")
_EXAMPLE = "2026-01-31 or 2026-01-31T12:00:00Z"


def named_moment(value: BodyPart, now: datetime) -> tuple[int, int]:
    """The first nanosecond of the day or instant that the criteria name, and the one after it.

    today, yesterday, one_week_ago and one_month_ago are whole days of UTC, whatever the mode.
    """
    criteria = value["criteria"]
    today = start_of("day", now)
    starts = (today, today - _DAY, today - 7 * _DAY, months_before(today, 1))
    days = dict(zip(DAYS, starts, strict=True))
    name = criteria["relativeTime"].choice((*days, "custom_date"))
    if name == "custom_date":
        return _moment(criteria["customDate"], _mode(value))
    day = days.get(name, today)
    return nanoseconds(day), nanoseconds(day + _DAY)


def on(path: str, value: BodyPart, now: datetime) -> Filter:
    """On that day, at that instant."""
    return Period(path, *named_moment(value, now))


def before(path: str, value: BodyPart, now: datetime) -> Filter:
    """Before that day or instant."""
    return Period(path, before_ns=named_moment(value, now)[0])


def on_or_before(path: str, value: BodyPart, now: datetime) -> Filter:
    """Before the end of that day, or not after that instant."""
    return Period(path, before_ns=named_moment(value, now)[1])


def between(path: str, value: BodyPart, now: datetime) -> Filter:
    """From `startDate` to `endDate`, both included; one that is null is no end."""
    del now
    mode, criteria = _mode(value), value["criteria"]
    start, end = criteria["startDate"], criteria["endDate"]
    if start.is_absent and end.is_absent:
        criteria.refuse("needs a startDate or an endDate")
    return Period(
        path,
        from_ns=None if start.is_absent else _moment(start, mode)[0],
        before_ns=None if end.is_absent else _moment(end, mode)[1],
    )


def relative_to_today(path: str, value: BodyPart, now: datetime) -> Filter:
    """The current day, week, month or year; or the last `count` of them until today or now.

    A week begins on Monday. In mode date the past begins and ends with whole days.
    """
    criteria = value["criteria"]
    unit = criteria["unit"].choice(UNITS)
    if criteria["direction"].choice(("past", "present")) == "present":
        start = start_of(unit, now)
        return Period(path, nanoseconds(start), nanoseconds(_next(unit, start)))
    count, mode = _count(criteria["count"]), _mode(value)
    start = _before(now, unit, count)
    if mode == "datetime":
        return Period(path, nanoseconds(start), nanoseconds(now) + 1)
    end = start_of("day", now) + _DAY
    return Period(path, nanoseconds(start_of("day", start)), nanoseconds(end))


def since(path: str, value: BodyPart, now: datetime) -> Filter:
    """The last `count` hours or minutes."""
    criteria = value["criteria"]
    unit, count = criteria["unit"].choice(SPANS), _count(criteria["count"])
    return Period(path, from_ns=nanoseconds(now - count * SPANS.get(unit, _DAY)))


def start_of(unit: str, time: datetime) -> datetime:
    """The start of the day, week, month or year of a time."""
    day = time.replace(hour=0, minute=0, second=0, microsecond=0)
    match unit:
        case "week":
            return day - day.weekday() * _DAY
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
        case _:
            return day


def months_before(time: datetime, count: int) -> datetime:
    """The same day some months earlier, or the last day of a month that is shorter."""
    months = time.year * 12 + time.month - 1 - count
    if months < 12:
        return _EARLIEST
    first = time.replace(year=months // 12, month=months % 12 + 1, day=1)
    last_day = (_next("month", first) - _DAY).day
    return first.replace(day=min(time.day, last_day))


def _instant_ns(text: str) -> int | None:
    """Nanoseconds since 1970 of an ISO 8601 date or time, UTC unless it says otherwise."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    date, time, fraction, hours, minutes = match.groups()
    offset = f"{hours}:{minutes}" if hours else "+00:00"
    try:
        second = datetime.fromisoformat(f"{date}T{time or '00:00'}{offset}")
    except ValueError:
        return None
    return nanoseconds(second) + int((fraction or "").ljust(9, "0"))


def _before(now: datetime, unit: str, count: int) -> datetime:
    match unit:
        case "month":
            return months_before(now, count)
        case "year":
            return months_before(now, 12 * count)
        case _:
            return now - min(count * (7 if unit == "week" else 1) * _DAY, now - _EARLIEST)


def _next(unit: str, start: datetime) -> datetime:
    match unit:
        case "month":
            return (start + 31 * _DAY).replace(day=1)
        case "year":
            return start.replace(year=start.year + 1)
        case "week":
            return start + 7 * _DAY
        case _:
            return start + _DAY


def _mode(value: BodyPart) -> str:
    return value["mode"].choice(MODES)


def _count(part: BodyPart) -> int:
    number = part.number()
    if not 0 <= number <= MAX_COUNT or number % 1:
        part.refuse(f"needs a whole number from 0 to {MAX_COUNT:,}")
        return 0
    return int(number)


def _moment(part: BodyPart, mode: str) -> tuple[int, int]:
    text = part.text()
    time_ns = _instant_ns(text)
    if time_ns is None:
        if isinstance(part.value, str):
            part.refuse(f"{text[:200]!r} is no date such as {_EXAMPLE}")
        return 0, 0
    if mode == "date":
        day_ns = time_ns // _DAY_NS * _DAY_NS
        return day_ns, day_ns + _DAY_NS
    return time_ns, time_ns + 1
