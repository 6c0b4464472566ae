"""Attributes as columns: one row per attribute of a span, event, link or resource.

Values keep their text: strings as received, all others as JSON. `is_json` distinguishes the two,
so that no value of a client is lost.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.otlp import wire

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

# Joins a list of strings for grouping; no text has it (a control character, unit separator).
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Attributes:
    """Attribute rows of `owners` owners, grouped by owner in wire order.

    `offsets` has a place per owner and one more; `owner`, `code`, `text`, `number`, `is_json` a
    place per row. `code` indexes `names`; `number` is NaN where the value is not a number.
    """

    owners: int
    offsets: Ints
    owner: Ints
    code: Ints
    names: list[str]
    text: pa.StringArray
    number: Floats
    is_json: Bools
    _order: Ints = field(repr=False)
    _starts: Ints = field(repr=False)
    _codes: dict[str, int] = field(repr=False)

    def repeats(self) -> list[list[int]]:
        """The rows of each name that one owner has several times, in wire order."""
        code, owner = self.code[self._order], self.owner[self._order]
        again = (np.diff(code) == 0) & (np.diff(owner) == 0)
        groups: list[list[int]] = []
        for place in (np.flatnonzero(again) + 1).tolist():
            row, before = int(self._order[place]), int(self._order[place - 1])
            if groups and groups[-1][-1] == before:
                groups[-1].append(row)
            else:
                groups.append([before, row])
        return groups

    def rows(self, name: str) -> Ints:
        """The rows named `name`, in wire order."""
        code = self._codes.get(name)
        if code is None:
            return np.empty(0, dtype=np.int64)
        return self._order[self._starts[code] : self._starts[code + 1]]


def flatten(lists: pa.ListArray) -> Attributes:
    """Read a list<KeyValue> column, an owner per list."""
    offsets = np.asarray(lists.offsets, dtype=np.int64)
    offsets = offsets - offsets[0]
    pairs = lists.flatten()
    keys, values = pairs.flatten()
    encoded = keys.dictionary_encode()
    code = np.asarray(encoded.indices, dtype=np.int64)
    names: list[str] = encoded.dictionary.to_pylist()
    text, number, is_json = _read_values(values)
    # Of the smallest type that holds them, since short integers sort in linear time.
    order = np.argsort(code.astype(np.min_scalar_type(len(names))), kind="stable")
    return Attributes(
        owners=len(lists),
        offsets=offsets,
        owner=np.repeat(np.arange(len(lists)), np.diff(offsets)),
        code=code,
        names=names,
        text=text,
        number=number,
        is_json=is_json,
        _order=order,
        _codes={name: code for code, name in enumerate(names)},
        _starts=np.searchsorted(code[order], np.arange(len(names) + 1)),
    )


def _read_values(values: pa.StructArray) -> tuple[pa.StringArray, Floats, Bools]:
    parts = {f.name: part for f, part in zip(values.type, values.flatten(), strict=True)}
    strings, ints, doubles = parts["string_value"], parts["int_value"], parts["double_value"]
    number = pc.coalesce(ints.cast(pa.float64(), safe=False), doubles)
    text = pc.coalesce(
        strings,
        ints.cast(pa.string()),
        doubles.cast(pa.string()),
        pc.if_else(parts["bool_value"], "true", "false"),
        _list_texts(parts["array_value"]),
        _opaque_texts(parts["kvlist_value"], parts["bytes_value"]),
        pa.scalar("null"),
    )
    is_json = np.asarray(strings.is_null())
    return text, np.asarray(number.fill_null(float("nan"))), is_json


def _list_texts(arrays: pa.StructArray) -> pa.Array:
    """The JSON text of each list; lists of strings, the usual ones, are done once per content."""
    if arrays.null_count == len(arrays):
        return pa.nulls(len(arrays), pa.string())
    lists = arrays.flatten()[0]
    items = lists.flatten()
    string_items = items.flatten()[0]
    if string_items.null_count or pc.any(pc.match_substring(string_items, _SEPARATOR)).as_py():
        texts = [None if row is None else _json_list(row["values"]) for row in arrays.to_pylist()]
        return pa.array(texts, pa.string())
    offsets = lists.offsets
    as_strings = pa.ListArray.from_arrays(offsets, string_items.fill_null(""))
    joined = pc.binary_join(as_strings, _SEPARATOR)
    lengths = pc.list_value_length(lists)
    # An empty list and a list of one empty string join alike.
    joined = pc.if_else(pc.equal(lengths, 0), "\x00", joined).dictionary_encode()
    contents = [
        json.dumps([] if content == "\x00" else content.split(_SEPARATOR), ensure_ascii=False)
        for content in joined.dictionary.to_pylist()
    ]
    texts = pa.array(contents, pa.string()).take(joined.indices)
    return pc.if_else(arrays.is_valid(), texts, pa.scalar(None, pa.string()))


def _opaque_texts(maps: pa.BinaryArray, blobs: pa.BinaryArray) -> pa.Array:
    if maps.null_count == len(maps) and blobs.null_count == len(blobs):
        return pa.nulls(len(maps), pa.string())
    rows = zip(maps.to_pylist(), blobs.to_pylist(), strict=True)
    return pa.array([_opaque_text(kvlist, blob) for kvlist, blob in rows], pa.string())


def _opaque_text(kvlist: bytes | None, blob: bytes | None) -> str | None:
    if kvlist is not None:
        return json.dumps(nested_value("KeyValueList", kvlist), ensure_ascii=False)
    return None if blob is None else json.dumps(blob.hex())


def _json_list(items: Sequence[dict[str, Any]]) -> str:
    return json.dumps([_scalar(item) for item in items], ensure_ascii=False)


def _scalar(item: dict[str, Any]) -> object:
    for name, value in item.items():
        if value is not None:
            return _plain(name, value)
    return None


def _plain(name: str, value: Any) -> object:
    if name == "kvlist_value":
        return nested_value("KeyValueList", value)
    if name == "array_value" and isinstance(value, bytes):
        return nested_value("Scalars", value)
    if name == "array_value":
        return [any_value(item) for item in value.values]
    return value.hex() if isinstance(value, bytes) else value


def nested_value(message: str, body: bytes, *, depth: int = 32) -> object:
    """The Python value of an opaque nested list or map; deeper than `depth`, its hex text."""
    if depth == 0:
        return body.hex()
    try:
        parsed = wire.parse(message, body)
    except ValueError:
        return body.hex()
    if message == "KeyValueList":
        return {pair.key: any_value(pair.value, depth=depth - 1) for pair in parsed.values}
    return [any_value(item, depth=depth - 1) for item in parsed.values]


def any_value(value: Any, *, depth: int = 32) -> object:
    """The Python value of a parsed AnyValue (or Scalar): None where it is unset."""
    name = value.WhichOneof("value")
    if name is None:
        return None
    content = getattr(value, name)
    if name == "kvlist_value":
        return nested_value("KeyValueList", content, depth=depth)
    if name == "array_value" and isinstance(content, bytes):
        return nested_value("Scalars", content, depth=depth)
    if name == "array_value":
        return [any_value(item, depth=depth - 1) for item in content.values]
    return content.hex() if isinstance(content, bytes) else content
