"""What it takes to draw many traces or spans on one axis of time: one list a column.

A session may have 20,000 traces, a trace 100,000 spans: an object for each would take longer to
make than to read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows in order of start, as columns by name, all equally long; `started_ns` is among them."""

    columns: dict[str, Sequence[Any]]
    has_more: bool
