"""Price a table of normalised spans, whole columns at a time.

The client's own figure wins; else tokens × the model's price when the span started; else the
call is unpriced, and says so in `cost_source`.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from sessionary.pricing.rates import (
    PICODOLLARS,
    RateCard,
    find_model,
    has_one_price,
    rate_cards,
)

CLIENT, LIST, NONE = "client", "list", "none"
_SOURCES = pa.array([NONE, LIST, CLIENT])
_MONEY = pa.decimal128(18, 12)
Ints = npt.NDArray[np.int64]


def price(spans: pa.Table) -> pa.Table:
    """Replace the `client_*_cost` columns by `input_cost`, `output_cost`, `total_cost` (US
    dollars, Decimal(18, 12)) and `cost_source`."""
    into, out, total, priced = _list_prices(spans)
    into, out, total, reported = _client_prices(spans, into, out, total)
    source = np.where(reported, 2, np.where(priced, 1, 0))
    kept = [name for name in spans.column_names if not name.startswith("client_")]
    columns = {name: spans.column(name) for name in kept}
    columns["input_cost"] = _decimals(into)
    columns["output_cost"] = _decimals(out)
    columns["total_cost"] = _decimals(total)
    columns["cost_source"] = _SOURCES.take(pa.array(source))
    return pa.table(columns)


def _list_prices(spans: pa.Table) -> tuple[Ints, Ints, Ints, npt.NDArray[np.bool_]]:
    count = len(spans)
    into, out, total = (np.zeros(count, dtype=np.int64) for _ in range(3))
    priced = np.zeros(count, dtype=bool)
    tokens = _Tokens(spans)
    for rows, cards in _rows_by_cards(spans, tokens.any_at()):
        edges = np.array([card.above_tokens for card in cards])
        tier = np.searchsorted(edges, tokens.input[rows], side="left") - 1
        for place, card in enumerate(cards):
            mine = rows[tier == place]
            into[mine] = tokens.input_cost(mine, card)
            out[mine] = tokens.output_cost(mine, card)
            total[mine] = into[mine] + out[mine] + card.request
        priced[rows] = True
    return into, out, total, priced


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

    def any_at(self) -> Ints:
        return np.flatnonzero(self.input + self.output)

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


def _rows_by_cards(spans: pa.Table, rows: Ints) -> list[tuple[Ints, tuple[RateCard, ...]]]:
    """The rows that have a price, grouped by it."""
    names = [spans.column(n).to_pylist() for n in ("provider", "response_model", "request_model")]
    starts = spans.column("start_ns").to_numpy()
    groups: dict[tuple[RateCard, ...], list[int]] = {}
    known: dict[tuple[str, str, str], tuple[RateCard, ...] | None] = {}
    for row in rows.tolist():
        key = (names[0][row], names[1][row], names[2][row])
        if key in known:
            cards = known[key]
        else:
            model = find_model(key[0], (key[1], key[2]))
            cards = None if model is None else rate_cards(model, int(starts[row]))
            if model is None or has_one_price(model):
                known[key] = cards
        if cards is not None:
            groups.setdefault(cards, []).append(row)
    return [(np.array(found), cards) for cards, found in groups.items()]


def _client_prices(
    spans: pa.Table, into: Ints, out: Ints, total: Ints
) -> tuple[Ints, Ints, Ints, npt.NDArray[np.bool_]]:
    client_in, client_out, client_total = (
        spans.column(f"client_{part}_cost").to_numpy() for part in ("input", "output", "total")
    )
    has_parts = ~np.isnan(client_in) & ~np.isnan(client_out)
    reported = has_parts | ~np.isnan(client_total)
    figure = np.where(
        np.isnan(client_total), np.nan_to_num(client_in) + np.nan_to_num(client_out), client_total
    )
    # A failed call that reports a cost of 0 reports none.
    reported &= ~(spans.column("is_error").to_numpy() & (np.nan_to_num(figure) == 0))
    client_sum = _picodollars(figure)
    # A client that tells only the sum: its parts are taken in the list price's proportion.
    share = np.divide(into, into + out, out=np.zeros(len(into)), where=(into + out) > 0)
    parted = has_parts & reported
    only_sum = reported & ~parted
    split = np.where(into + out > 0, np.rint(client_sum * share).astype(np.int64), 0)
    into = np.where(parted, _picodollars(client_in), np.where(only_sum, split, into))
    rest = np.where(share > 0, client_sum - split, 0)
    out = np.where(parted, _picodollars(client_out), np.where(only_sum, rest, out))
    return into, out, np.where(reported, client_sum, total), reported


def _picodollars(dollars: npt.NDArray[np.float64]) -> Ints:
    return np.rint(np.nan_to_num(dollars) * PICODOLLARS).astype(np.int64)


def _decimals(picodollars: Ints) -> pa.Array:
    """Whole picodollars as Decimal(18, 12), without a Python object per value."""
    words = np.empty((len(picodollars), 2), dtype=np.int64)
    words[:, 0] = picodollars
    words[:, 1] = picodollars >> 63
    buffers = [None, pa.py_buffer(words.tobytes())]
    return pa.Array.from_buffers(_MONEY, len(picodollars), buffers)
