"""Figures as people read them: money, durations, counts, instants."""

import math
from datetime import datetime

ABSENT = "–"
_SECOND_MS = 1000
_MINUTE_MS = 60 * _SECOND_MS
_HOUR_MS = 60 * _MINUTE_MS
_DAY_MS = 24 * _HOUR_MS


def money(dollars: float) -> str:
    """Dollars in cents, or in as many digits as a smaller amount takes: $12.30, $0.00042."""
    if dollars == 0:
        return "$0"
    # Two digits that say something, whatever the size.
    places = 2 if abs(dollars) >= 1 else max(2, 1 - math.floor(math.log10(abs(dollars))))
    text = f"{dollars:,.{places}f}"
    if places > 2:
        whole, _, cents = text.partition(".")
        text = f"{whole}.{cents.rstrip('0').ljust(2, '0')}"
    return f"${text}"


def cost(dollars: float, *, calls: int, failed: int, unpriced: int) -> str:
    """What the calls cost; calls without a known price are said, never passed off as free."""
    if calls == failed and dollars == 0:
        return ABSENT
    if unpriced == 0:
        return money(dollars)
    if dollars == 0:
        return f"{unpriced:,} unpriced"
    return f"{money(dollars)} + {unpriced:,} unpriced"


def duration(ms: float) -> str:
    """A length of time in its two largest units: 850 ms, 3.2 s, 4 min 05 s, 2 d 3 h."""
    if ms < _SECOND_MS:
        return f"{ms:.0f} ms"
    if ms < 9_950:
        return f"{ms / _SECOND_MS:.1f} s"
    seconds = round(ms / _SECOND_MS)
    if seconds < 60:
        return f"{seconds} s"
    if ms < _HOUR_MS:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    minutes = round(ms / _MINUTE_MS)
    if ms < _DAY_MS:
        return f"{minutes // 60} h {minutes % 60:02d} min"
    hours = round(ms / _HOUR_MS)
    return f"{hours // 24} d {hours % 24} h"


def count(number: float) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,.0f}"


def several(number: int, noun: str) -> str:
    """A number with its noun: 1 trace, 2 traces."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def instant(text: str) -> str:
    """An RFC 3339 time as the clock here shows it, to the second."""
    # The API gives nine digits of a second, which datetime only takes since Python 3.11 and cuts.
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M:%S}"
