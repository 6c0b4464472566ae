"""What many sessions add up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sessionary.model.session import Billing, Usage

_NO_COST = Decimal(0)
_NO_BILLING = Billing(_NO_COST, _NO_COST, _NO_COST)
_NO_USAGE = Usage(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Half, and all but a twentieth, take no longer. Nanoseconds."""

    p50_ns: int
    p95_ns: int


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """Figures of sessions, each once. Of none there are sums, but no quantiles."""

    sessions: int = 0
    failed_sessions: int = 0
    traces: int = 0
    model_calls: int = 0
    failed_calls: int = 0
    unpriced_calls: int = 0
    errors: int = 0
    billing: Billing = _NO_BILLING
    usage: Usage = _NO_USAGE
    duration: Quantiles | None = None
    active_duration: Quantiles | None = None


@dataclass(frozen=True, slots=True)
class TotalsBucket:
    """The figures of the sessions that began from `from_ns` to before the next bucket."""

    from_ns: int
    figures: SessionFigures


@dataclass(frozen=True, slots=True)
class SessionTotals:
    """The figures of the sessions that began from `from_ns` to before `to_ns`.

    `before` is of the time of the same length just before; None where all time was asked for.
    """

    from_ns: int
    to_ns: int
    figures: SessionFigures
    before: SessionFigures | None
    buckets: Sequence[TotalsBucket]
