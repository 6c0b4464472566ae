"""Sessions as files, page by page: no format holds more than it is about to send."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice

import pyarrow as pa
import pyarrow.parquet as pq
from typing_extensions import Buffer

from sessionary.api.export.columns import INSTANT, Column, columns_of
from sessionary.api.http.json import instant
from sessionary.api.sessions.serialize import current_session_json
from sessionary.model.session import Session

Pages = Iterator[list[Session]]

# What a spreadsheet takes for the begin of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PAGES_PER_ROW_GROUP = 10


def jsonl(pages: Pages, fields: Sequence[str]) -> Iterator[bytes]:
    """A session a line, as the API has it."""
    for page in pages:
        shapes = (current_session_json(session, fields) for session in page)
        yield "".join(f"{json.dumps(s, ensure_ascii=False)}\n" for s in shapes).encode()


def csv_table(pages: Pages, fields: Sequence[str]) -> Iterator[bytes]:
    """RFC 4180 with a header; lists as JSON, no text that a spreadsheet would compute."""
    columns = columns_of(fields)
    yield _csv([[column.name for column in columns]])
    for page in pages:
        yield _csv([[_cell(column, session) for column in columns] for session in page])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(column: Column, session: Session) -> str:
    value = column.read(session)
    if value is None:
        return ""
    if column.type == INSTANT:
        return instant(value)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    if isinstance(value, Decimal):
        return _plain(value)
    return json.dumps(value, ensure_ascii=False, default=float)


def _plain(amount: Decimal) -> str:
    """Exact, without an exponent or zeros at the end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def parquet(pages: Pages, fields: Sequence[str]) -> Iterator[bytes]:
    """A file of row groups of some thousand sessions; amounts and times are exact."""
    columns = columns_of(fields)
    schema = pa.schema([(column.name, column.type) for column in columns])
    file = _Passing()
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(pages, _PAGES_PER_ROW_GROUP)):
            writer.write_table(_table(chain.from_iterable(group), columns, schema))
            yield file.take()
    yield file.take()


def _table(sessions: Iterable[Session], columns: Sequence[Column], schema: pa.Schema) -> pa.Table:
    rows = [[column.read(session) for column in columns] for session in sessions]
    values = zip(*rows, strict=True) if rows else [[] for _ in columns]
    arrays = [pa.array(v, c.type) for v, c in zip(values, columns, strict=True)]
    return pa.table(arrays, schema=schema)


class _Passing(io.RawIOBase):
    """A file that holds only what was not taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, content: Buffer, /) -> int:
        self._held.append(bytes(content))
        self._size += len(self._held[-1])
        return len(self._held[-1])

    def tell(self) -> int:  # words: allow
        return self._size

    def take(self) -> bytes:
        taken = b"".join(self._held)
        self._held.clear()
        return taken


@dataclass(frozen=True, slots=True)
class Format:
    """How to write sessions, and as what the bytes are sent."""

    write: Callable[[Pages, Sequence[str]], Iterator[bytes]]
    media_type: str


FORMATS = {
    "csv": Format(csv_table, "text/csv; charset=utf-8"),
    "jsonl": Format(jsonl, "application/x-ndjson"),
    "parquet": Format(parquet, "application/vnd.apache.parquet"),
}
