"""The cost of calls by a price book, next to their current cost."""

import functools

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.pricing.costs import costs_of
from sessionary.pricing.price import cost_columns
from sessionary.pricing.tariff import PriceBook


def reprice(calls: pa.Table, book: PriceBook) -> pa.Table:
    """The calls that cost something else by the book, with its costs and source as `new_*`."""
    costs = costs_of(calls, [(np.ones(len(calls), dtype=bool), book)])
    columns = cost_columns(costs)
    differs = [pc.not_equal(calls.column(name), new) for name, new in columns.items()]
    for name, new in columns.items():
        calls = calls.append_column(f"new_{name}", new)
    return calls.filter(functools.reduce(pc.or_, differs))
