"""What one span may hold, and the times that are taken for real."""

from dataclasses import dataclass
from datetime import UTC, datetime


def _nanoseconds(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one span.

    A value over its bound is cut and its attribute named in `truncated_attributes`; attributes
    past the count are left out and counted in `dropped_attributes_count`.
    """

    attribute_bytes: int = 1024 * 1024
    attributes: int = 32_768
    name_characters: int = 4096


# A start of 1970 is an unset clock, one of 2300 a unit mistake (and past what 64 signed bits of
# nanoseconds can say); neither can be accounted to a session's time.
EARLIEST_NS = _nanoseconds(2000)
LATEST_NS = _nanoseconds(2100)

# Characters of names and ids; the API accepts no more either.
MAX_TEXT, MAX_TITLE = 512, 1000
# Tags of a span, and characters of each.
MAX_TAGS, MAX_TAG = 100, 200

# More tokens than any call can have: such a figure is a mistake, and would overflow a cost.
MAX_TOKENS = 1_000_000_000
# US dollars of one call, as much as Decimal(18, 12) holds.
MAX_COST = 999_999.0
