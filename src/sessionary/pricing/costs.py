"""What calls cost by price alone: tokens × the price in force when the span started.

Whole columns at a time; a model is looked up once a table, however many calls it has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sessionary.pricing.rates import RateCard
from sessionary.pricing.tariff import PriceBook, Tariff

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
# As much as Decimal(18, 12) holds.
_MAX_PICODOLLARS = 10**18 - 1


class Source(IntEnum):
    """Where a cost comes from; the names in lower case are what `cost_source` holds."""

    NONE = 0
    LIST = 1
    OWN = 2
    CLIENT = 3


@dataclass(frozen=True, slots=True)
class Costs:
    """Whole picodollars a row, and the `Source` of them."""

    input: Ints
    output: Ints
    total: Ints
    source: npt.NDArray[np.int8]


def costs_of(spans: pa.Table, books: Iterable[tuple[Bools, PriceBook]]) -> Costs:
    """The costs by the price books, each for its own rows.

    Rows in no book, without tokens or without a price cost 0 and have no source.
    """
    into, out, total = (np.zeros(len(spans), dtype=np.int64) for _ in range(3))
    costs = Costs(into, out, total, np.zeros(len(spans), dtype=np.int8))
    tokens = _Tokens(spans)
    for mine, book in books:
        for rows, tariff in _rows_by_tariff(spans, np.flatnonzero(tokens.any & mine), book):
            _charge(costs, rows, tariff, tokens)
    return costs


def _charge(costs: Costs, rows: Ints, tariff: Tariff, tokens: "_Tokens") -> None:
    edges = np.array([card.above_tokens for card in tariff.cards])
    tier = np.searchsorted(edges, tokens.input[rows], side="left") - 1
    for place, card in enumerate(tariff.cards):
        mine = rows[tier == place]
        costs.input[mine] = tokens.input_cost(mine, card)
        costs.output[mine] = tokens.output_cost(mine, card)
        total = costs.input[mine] + costs.output[mine] + card.request
        costs.total[mine] = np.minimum(total, _MAX_PICODOLLARS)
    costs.source[rows] = Source.OWN if tariff.is_own else Source.LIST


class _Tokens:
    """The token columns as integers, split into disjoint sorts."""

    def __init__(self, spans: pa.Table) -> None:
        def column(name: str) -> Ints:
            return spans.column(name).to_numpy().astype(np.int64)

        self.input = column("input_tokens")
        self._read = np.minimum(column("cache_read_tokens"), self.input)
        self._written = np.minimum(column("cache_write_tokens"), self.input - self._read)
        uncached = self.input - self._read - self._written
        self._audio = np.minimum(column("audio_input_tokens"), uncached)
        self._plain = uncached - self._audio
        self.output = column("output_tokens")
        self._spoken = np.minimum(column("audio_output_tokens"), self.output)
        self.any = self.input + self.output > 0

    def input_cost(self, rows: Ints, card: RateCard) -> Ints:
        return (
            self._plain[rows] * card.input
            + self._read[rows] * card.cache_read
            + self._written[rows] * card.cache_write
            + self._audio[rows] * card.audio_input
        )

    def output_cost(self, rows: Ints, card: RateCard) -> Ints:
        spoken = self._spoken[rows]
        return (self.output[rows] - spoken) * card.output + spoken * card.audio_output


def _rows_by_tariff(spans: pa.Table, rows: Ints, book: PriceBook) -> list[tuple[Ints, Tariff]]:
    """The rows that have a price, grouped by it."""
    names = [spans.column(n).to_pylist() for n in ("provider", "response_model", "request_model")]
    starts = spans.column("start_ns").to_numpy()
    earliest = int(starts[rows].min()) if len(rows) else 0
    groups: dict[Tariff, list[int]] = {}
    # Of the models whose price is the same for all these rows.
    known: dict[tuple[str, str, str], list[int]] = {}
    for row in rows.tolist():
        key = (names[0][row], names[1][row], names[2][row])
        group = known.get(key)
        if group is None:
            tariff, is_lasting = book.constant_tariff(key, int(starts[row]), earliest)
            group = [] if tariff is None else groups.setdefault(tariff, [])
            if is_lasting:
                known[key] = group
        group.append(row)
    return [(np.array(found), tariff) for tariff, found in groups.items()]
