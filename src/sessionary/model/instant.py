"""Times as nanoseconds since 1970, exactly."""

import re
from datetime import UTC, datetime

_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII
)
# What 64 bits of nanoseconds, and so a DateTime64(9), can hold.
_YEARS = range(1970, 2262)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_instant(text: str) -> int | None:
    """The time that RFC 3339 says, UTC where it has no offset. None if it is no such time."""
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
    return nanoseconds(moment) + int((fraction or "").ljust(9, "0"))


def nanoseconds(time: datetime) -> int:
    """One without a time zone is in UTC."""
    aware = time if time.tzinfo else time.replace(tzinfo=UTC)
    since = aware - _EPOCH
    return ((since.days * 86_400 + since.seconds) * 10**6 + since.microseconds) * 1000
