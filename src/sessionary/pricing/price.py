"""Price a table of normalised spans, whole columns at a time.

The client's own figure wins; else tokens × the price when the span started, the workspace's own
or else the list's; else the call is unpriced, and says so in `cost_source`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sessionary.pricing.costs import Bools, Costs, Ints, Source, costs_of
from sessionary.pricing.rates import PICODOLLARS
from sessionary.pricing.tariff import LIST_ALONE, PriceBook

_SOURCES = pa.array([source.name.lower() for source in Source])
_MONEY = pa.decimal128(18, 12)
Floats = npt.NDArray[np.float64]


def price(spans: pa.Table, own_books: Sequence[tuple[Bools, PriceBook]] = ()) -> pa.Table:
    """Replace the `client_*_cost` columns by those of `cost_columns`.

    `own_books` has the rows of workspaces with custom prices.
    """
    reported = _Reported.of(spans)
    costs = reported.over(costs_of(spans, _books(own_books, reported.is_reported)))
    kept = [name for name in spans.column_names if not name.startswith("client_")]
    return pa.table({name: spans.column(name) for name in kept} | cost_columns(costs))


def cost_columns(costs: Costs) -> dict[str, pa.Array]:
    """`input_cost`, `output_cost`, `total_cost` (US dollars, Decimal(18, 12)), `cost_source`."""
    return {
        "input_cost": _decimals(costs.input),
        "output_cost": _decimals(costs.output),
        "total_cost": _decimals(costs.total),
        "cost_source": _SOURCES.take(pa.array(costs.source)),
    }


def _books(
    own_books: Sequence[tuple[Bools, PriceBook]], is_reported: Bools
) -> Iterator[tuple[Bools, PriceBook]]:
    """The price book of each row.

    Client-reported sums are split by the list prices only, so that a custom price never changes
    client-reported costs.
    """
    rest = np.ones(len(is_reported), dtype=bool)
    for rows, book in own_books:
        mine = rows & ~is_reported
        rest &= ~mine
        yield mine, book
    yield rest, LIST_ALONE


@dataclass(frozen=True, slots=True)
class _Reported:
    """Client-reported costs in dollars, and the rows that have them."""

    input: Floats
    output: Floats
    total: Floats
    has_parts: Bools
    is_reported: Bools

    @classmethod
    def of(cls, spans: pa.Table) -> "_Reported":
        into, out, total = (
            spans.column(f"client_{part}_cost").to_numpy() for part in ("input", "output", "total")
        )
        has_parts = ~np.isnan(into) & ~np.isnan(out)
        is_reported = has_parts | ~np.isnan(total)
        total = np.where(np.isnan(total), np.nan_to_num(into) + np.nan_to_num(out), total)
        # A failed call that reports a cost of 0 reports none.
        is_reported &= ~(spans.column("is_error").to_numpy() & (np.nan_to_num(total) == 0))
        return cls(into, out, total, has_parts, is_reported)

    def over(self, costs: Costs) -> Costs:
        """The costs, replaced by client-reported ones where there are any."""
        into, out = costs.input, costs.output
        reported_sum = _picodollars(self.total)
        # A client that reports only the sum: it is split in the list price's proportion.
        share = np.divide(into, into + out, out=np.zeros(len(into)), where=(into + out) > 0)
        parted = self.has_parts & self.is_reported
        only_sum = self.is_reported & ~parted
        split = np.where(into + out > 0, np.rint(reported_sum * share).astype(np.int64), 0)
        rest = np.where(share > 0, reported_sum - split, 0)
        return Costs(
            np.where(parted, _picodollars(self.input), np.where(only_sum, split, into)),
            np.where(parted, _picodollars(self.output), np.where(only_sum, rest, out)),
            np.where(self.is_reported, reported_sum, costs.total),
            np.where(self.is_reported, np.int8(Source.CLIENT), costs.source),
        )


def _picodollars(dollars: npt.NDArray[np.float64]) -> Ints:
    return np.rint(np.nan_to_num(dollars) * PICODOLLARS).astype(np.int64)


def _decimals(picodollars: Ints) -> pa.Array:
    """Whole picodollars as Decimal(18, 12), without a Python object per value."""
    words = np.empty((len(picodollars), 2), dtype=np.int64)
    words[:, 0] = picodollars
    words[:, 1] = picodollars >> 63
    buffers = [None, pa.py_buffer(words.tobytes())]
    return pa.Array.from_buffers(_MONEY, len(picodollars), buffers)
