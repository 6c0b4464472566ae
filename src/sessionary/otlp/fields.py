"""Pick, for every span, the first usable value of each field from the table of conventions.

All work is done once per attribute name of a batch, on the rows that have it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.model.json_text import read_json
from sessionary.otlp.attributes import Attributes, Bools, Floats, Ints
from sessionary.otlp.convention import NUMBER_FIELDS, TEXT_FIELDS, Convention
from sessionary.otlp.limits import MAX_COST, MAX_TOKENS

# Text that means no value: Python's None, a scrubbed secret (Logfire), a model that was
# never called (Claude Code).
_NO_VALUES = pa.array(["", "None", "null", '""', "<synthetic>"])
_SCRUBBED = "[Scrubbed due to '"
_UNSET = -1


class Fields:
    """The fields of one batch while they are being picked; `text` and `number` read them out."""

    def __init__(self, attributes: Attributes, speaks_for: Mapping[str, Bools | None]) -> None:
        self._attributes = attributes
        self._speaks_for = speaks_for
        self._rows = {name: np.full(attributes.owners, _UNSET) for name in TEXT_FIELDS}
        self._extra: dict[str, dict[int, str]] = {name: {} for name in TEXT_FIELDS}
        self._numbers = {name: np.full(attributes.owners, np.nan) for name in NUMBER_FIELDS}

    def pick(self, conventions: Sequence[Convention]) -> None:
        """Ask each convention in order: its objects and keys, then the late ones of all."""
        for convention in conventions:
            self._pick_objects(convention, convention.objects)
            self._pick_keys(convention, convention.keys)
        for convention in conventions:
            self._pick_objects(convention, convention.late_objects)
            self._pick_keys(convention, convention.late_keys)

    def text(self, name: str) -> pa.StringArray:
        """The field as text, null where there is none."""
        rows = self._rows[name]
        picked = self._attributes.text.take(pa.array(rows, mask=rows == _UNSET))
        extra = self._extra[name]
        if extra:
            mask = np.zeros(len(rows), dtype=bool)
            mask[list(extra)] = True
            values = pa.array([extra[owner] for owner in sorted(extra)], pa.string())
            picked = pc.replace_with_mask(picked, pa.array(mask), values)
        return unquote(picked)

    def number(self, name: str) -> Floats:
        """The field as a number, NaN where there is none."""
        return self._numbers[name]

    def _pick_keys(self, convention: Convention, keys: Mapping[str, tuple[str, ...]]) -> None:
        for field, names in keys.items():
            for name in names:
                rows = owned_rows(self._attributes, name, self._speaks_for[convention.name])
                if not len(rows):
                    continue
                if field in self._numbers:
                    in_seconds = name in convention.in_seconds
                    self._set_numbers(field, rows, factor=1000.0 if in_seconds else 1.0)
                else:
                    self._set_rows(field, rows)

    def _set_rows(self, field: str, rows: Ints) -> None:
        rows = rows[usable(self._attributes.text.take(pa.array(rows)))]
        owners = self._attributes.owner[rows]
        free = (self._rows[field][owners] == _UNSET) & ~_among(owners, self._extra[field])
        # Assigned backwards, so that of repeated keys the first one stays.
        self._rows[field][owners[free][::-1]] = rows[free][::-1]

    def _set_numbers(self, field: str, rows: Ints, *, factor: float) -> None:
        values = numbers_at(self._attributes, rows) * factor
        self._set_values(field, self._attributes.owner[rows], values)

    def _set_values(self, field: str, owners: Ints, values: Floats) -> None:
        most = MAX_COST if field.endswith("_cost") else MAX_TOKENS
        with np.errstate(invalid="ignore"):
            sound = np.isfinite(values) & (values >= 0) & (values <= most)
        free = np.isnan(self._numbers[field][owners]) & sound
        self._numbers[field][owners[free][::-1]] = values[free][::-1]

    def _pick_objects(
        self,
        convention: Convention,
        objects: Mapping[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]],
    ) -> None:
        for name, read in objects.items():
            rows = owned_rows(self._attributes, name, self._speaks_for[convention.name])
            for owner, found in _read_objects(self._attributes, rows, read):
                for field, value in found.items():
                    self._set_one(field, owner, value)

    def _set_one(self, field: str, owner: int, value: object) -> None:
        if field in self._numbers:
            number = _as_number(value)
            self._set_values(field, np.array([owner]), np.array([number]))
        elif isinstance(value, str | int) and self._rows[field][owner] == _UNSET:
            text = str(value)
            if text not in _NO_VALUE_SET and not text.startswith(_SCRUBBED):
                self._extra[field].setdefault(owner, text)


_NO_VALUE_SET = frozenset(_NO_VALUES.to_pylist())


def owned_rows(attributes: Attributes, name: str, owners: Bools | None) -> Ints:
    """The rows named `name`, of the given owners only (None: of all)."""
    rows = attributes.rows(name)
    return rows if owners is None or not len(rows) else rows[owners[attributes.owner[rows]]]


def usable(values: pa.StringArray) -> Bools:
    """Which values say something."""
    absent = pc.or_(pc.is_in(values, _NO_VALUES), pc.starts_with(values, _SCRUBBED))
    return ~np.asarray(absent)


def unquote(values: pa.StringArray) -> pa.StringArray:
    """Take one level of JSON quotes off the values that have it (`"\\"x\\""`)."""
    quoted = pc.starts_with(values, '"')
    if not pc.any(quoted).as_py():
        return values
    encoded = values.dictionary_encode()
    plain = [_unquoted(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(plain, pa.string()).take(encoded.indices)


def cut(values: pa.StringArray, most: int) -> pa.StringArray:
    """At most this many characters of each text; equal texts are cut equally."""
    longest = pc.max(pc.binary_length(values)).as_py() or 0
    return values if longest <= most else pc.utf8_slice_codeunits(values, 0, most)


def numbers_at(attributes: Attributes, rows: Ints) -> Floats:
    """The rows as numbers; text that reads as one counts, all else is NaN."""
    values = attributes.number[rows]
    missing = np.flatnonzero(np.isnan(values))
    if len(missing):
        texts = attributes.text.take(pa.array(rows[missing])).to_pylist()
        values[missing] = [_as_number(text) for text in texts]
    return values


def _read_objects(
    attributes: Attributes, rows: Ints, read: Callable[[Mapping[str, Any]], Mapping[str, Any]]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    encoded = attributes.text.take(pa.array(rows)).dictionary_encode()
    contents = [_json_object(text) for text in encoded.dictionary.to_pylist()]
    found = [{} if content is None else read(content) for content in contents]
    for owner, code in zip(attributes.owner[rows].tolist(), encoded.indices.tolist(), strict=True):
        yield owner, found[code]


def _json_object(text: str) -> Mapping[str, Any] | None:
    try:
        content = read_json(text)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _unquoted(value: str) -> str:
    if len(value) < 2 or not value.startswith('"'):
        return value
    try:
        inner = read_json(value)
    except ValueError:
        return value
    return inner if isinstance(inner, str) else value


def _as_number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return float("nan")
    try:
        return float(value)
    except (ValueError, OverflowError):
        return float("nan")


def _among(owners: Ints, extra: Mapping[int, str]) -> Bools:
    if not extra:
        return np.zeros(len(owners), dtype=bool)
    return np.isin(owners, np.fromiter(extra, dtype=np.int64))
