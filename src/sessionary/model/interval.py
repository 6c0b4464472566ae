"""A time in parts of a clock or calendar, in UTC."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import count

_NS = 10**9
_MINUTE, _HOUR, _DAY = 60 * _NS, 3600 * _NS, 86_400 * _NS
# Weeks begin on Mondays; 1970 began on a Thursday.
_FIRST_MONDAY = 4 * _DAY
# Length, and where one of them begins.
_FIXED = {
    "minute": (_MINUTE, 0),
    "5_minutes": (5 * _MINUTE, 0),
    "15_minutes": (15 * _MINUTE, 0),
    "hour": (_HOUR, 0),
    "6_hours": (6 * _HOUR, 0),
    "day": (_DAY, 0),
    "week": (7 * _DAY, _FIRST_MONDAY),
}
_MONTH = "month"
INTERVALS = (*_FIXED, _MONTH)
"""From the shortest to the longest."""


def count_starts(interval: str, from_ns: int, to_ns: int) -> int:
    """How many parts the time has."""
    return len(_on_the_clock(interval, from_ns, to_ns))


def starts(interval: str, from_ns: int, to_ns: int) -> list[int]:
    """When each part of the time begins: the first at `from_ns`, the others on the clock."""
    return [max(ns, from_ns) for ns in _on_the_clock(interval, from_ns, to_ns)]


def _on_the_clock(interval: str, from_ns: int, to_ns: int) -> Sequence[int]:
    if interval == _MONTH:
        return list(_months(from_ns, to_ns))
    length, offset = _FIXED[interval]
    return range(from_ns - (from_ns - offset) % length, to_ns, length)


def _months(from_ns: int, to_ns: int) -> Iterator[int]:
    first = datetime.fromtimestamp(from_ns // _NS, UTC)
    for month in count(first.year * 12 + first.month - 1):
        begin = datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
        ns = int(begin.timestamp()) * _NS
        if ns >= to_ns:
            return
        yield ns
