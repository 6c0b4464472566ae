"""The current generation's filters: one object, its window selecting sessions active in it."""

import re
from datetime import datetime, timedelta

from sessionary.api.filters.dates import months_before
from sessionary.api.http.request_value import BodyPart
from sessionary.model.instant import nanoseconds
from sessionary.model.session_filter import Filter, HasAny, Period, Text, TextTest

KINDS = ("THREAD_KIND_CONVERSATION", "THREAD_KIND_CODING_AGENT")
OTHER_KINDS = ("THREAD_KIND_UNSPECIFIED",)
_INTERVAL = "SESSION_INTERVAL_"
OTHER_INTERVALS = (f"{_INTERVAL}UNSPECIFIED",)
_ALL_TIME = (f"{_INTERVAL}ALL_TIME", *OTHER_INTERVALS)
_LASTING = {
    f"{_INTERVAL}LAST_30_MINUTES": timedelta(minutes=30),
    f"{_INTERVAL}LAST_1_HOUR": timedelta(hours=1),
    f"{_INTERVAL}LAST_6_HOURS": timedelta(hours=6),
    f"{_INTERVAL}LAST_24_HOURS": timedelta(hours=24),
    f"{_INTERVAL}LAST_3_DAYS": timedelta(days=3),
    f"{_INTERVAL}LAST_7_DAYS": timedelta(days=7),
    f"{_INTERVAL}LAST_14_DAYS": timedelta(days=14),
}
_MONTHS = {f"{_INTERVAL}LAST_1_MONTH": 1, f"{_INTERVAL}LAST_3_MONTHS": 3}
INTERVALS = (_ALL_TIME[0], *_LASTING, *_MONTHS)
_TEXTS = ("project_id", "client", "repo")
NAMES = ("interval", "start_date", "end_date", "tags", "kind", *_TEXTS)
_NS_PER_MS = 10**6
# More digits than any time of the next centuries has.
_MILLISECONDS = re.compile(r"-?[0-9]{1,14}")
_MAX_MILLISECONDS = 10**15


def activity_filter(filters: BodyPart, now: datetime) -> list[Filter]:
    """What an object of `NAMES` asks for; an empty or missing one asks for nothing.

    A start or an end date stands instead of the interval. Of several tags, one is enough.
    """
    assert isinstance(filters.value, dict)
    for name in filters.value:
        if name not in NAMES:
            filters[ascii(name)[1:-1][:200]].refuse(
                f"is not a filter; those are {', '.join(NAMES)}"
            )
    wanted = _window(filters, now)
    wanted += [
        Text(name, TextTest.IS, filters[name].text()) for name in _TEXTS if _is_set(filters[name])
    ]
    if filters["tags"].value not in (None, []):
        wanted.append(HasAny("tags", filters["tags"].texts()))
    if _is_set(filters["kind"]) and filters["kind"].value not in OTHER_KINDS:
        wanted.append(Text("kind", TextTest.IS, filters["kind"].choice(KINDS)))
    return wanted


def _is_set(part: BodyPart) -> bool:
    return part.value is not None and part.value != ""


def _window(filters: BodyPart, now: datetime) -> list[Filter]:
    """Sessions that began before its end and ended after its start."""
    interval, start, end = filters["interval"], filters["start_date"], filters["end_date"]
    from_ns = _interval_start_ns(interval, now) if _is_set(interval) else None
    if not _is_set(start) and not _is_set(end):
        return [] if from_ns is None else [Period("ended_at", from_ns=from_ns)]
    wanted: list[Filter] = []
    if _is_set(start):
        wanted.append(Period("ended_at", from_ns=_milliseconds(start) * _NS_PER_MS))
    if _is_set(end):
        wanted.append(Period("started_at", before_ns=_milliseconds(end) * _NS_PER_MS + 1))
    return wanted


def _interval_start_ns(interval: BodyPart, now: datetime) -> int | None:
    name = interval.value if interval.value in _ALL_TIME else interval.choice(INTERVALS)
    if name in _LASTING:
        return nanoseconds(now - _LASTING[name])
    if name in _MONTHS:
        return nanoseconds(months_before(now, _MONTHS[name]))
    return None


def _milliseconds(part: BodyPart) -> int:
    """Milliseconds since 1970, as digits or as a number."""
    value = part.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        is_known = abs(value) < _MAX_MILLISECONDS and value % 1 == 0
    else:
        value = part.text()
        is_known = _MILLISECONDS.fullmatch(value) is not None
        if not value:
            return 0
    if is_known:
        return int(value)
    part.refuse(f"{str(value)[:200]!r} is not milliseconds since 1970, such as 1767225600000")
    return 0
