"""A turn: one message of a conversation, where and when it was said and what it cost."""

from dataclasses import dataclass
from decimal import Decimal

from sessionary.model.message import Part


@dataclass(frozen=True, slots=True)
class Figures:
    """What the model calls behind a turn used; the unpriced ones add 0 to the cost."""

    model: str
    input_tokens: int
    output_tokens: int
    total_cost: Decimal
    unpriced_calls: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One message, shown once. Times are nanoseconds since 1970.

    `figures` are there where a model call answered; `error` is why it failed, `is_error` whether.
    """

    id: str
    trace_id: str
    span_id: str
    role: str
    parts: tuple[Part, ...]
    started_ns: int
    ended_ns: int
    figures: Figures | None = None
    is_error: bool = False
    error: str = ""
