"""Times as text: RFC 3339 to nanoseconds since 1970, exactly."""

import re
from datetime import UTC, datetime

_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII
)
# What 64 bits of nanoseconds, and so a DateTime64(9), can hold.
_YEARS = range(1970, 2262)


def parse_instant(text: str) -> int | None:
    """The time in nanoseconds; one without an offset is in UTC. None if it is no such time."""
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        return None
    day, clock, fraction, offset = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}{(offset or 'Z').upper()}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if moment.year not in _YEARS:
        return None
    return int(moment.timestamp()) * 1_000_000_000 + int((fraction or "").ljust(9, "0"))
