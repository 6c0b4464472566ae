"""JSON of the API: its times, and fields without a value."""

from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]


_NS_PER_MS = 1_000_000


def present(**fields: object) -> Json:
    """The fields that are there: clients read none where there is none, not null or empty."""
    return {name: value for name, value in fields.items() if value}


def instant(ns: int) -> str:
    """RFC 3339 in UTC with all nine digits."""
    seconds, rest = divmod(ns, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"


def milliseconds(ns: int) -> float:
    """The API's unit of time."""
    return ns / _NS_PER_MS
