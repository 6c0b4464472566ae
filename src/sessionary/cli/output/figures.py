"""Figures as people read them: money, durations, counts, instants."""

import math
from datetime import datetime

ABSENT = "–"


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
    if 0 < ms < 1:
        return "< 1 ms"
    if round(ms) < 1000:
        return f"{ms:.0f} ms"
    tenths = round(ms / 100)
    if tenths < 100:
        return f"{tenths / 10:.1f} s"
    # Each unit is left once what it rounds to fills the next one: there is no 60 s.
    seconds = round(ms / 1000)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60:02d} s"
    minutes = round(seconds / 60)
    if minutes < 24 * 60:
        return f"{minutes // 60} h {minutes % 60:02d} min"
    hours = round(minutes / 60)
    return f"{hours // 24} d {hours % 24} h"


def count(number: float) -> str:
    """A whole number with its thousands apart."""
    return f"{number:,.0f}"


def several(number: int, noun: str) -> str:
    """A number with its noun: 1 trace, 2 traces."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def instant(text: str) -> str:
    """An RFC 3339 time as the clock here shows it, to the second."""
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M:%S}"


def minute(text: str) -> str:
    """An RFC 3339 time as the clock here shows it, to the minute."""
    return f"{datetime.fromisoformat(text).astimezone():%Y-%m-%d %H:%M}"
