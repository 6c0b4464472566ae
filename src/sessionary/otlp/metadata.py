"""What the application itself said of a span: its own keys, from wherever its library puts them."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.model.json_text import read_json
from sessionary.otlp.attributes import Attributes, Ints
from sessionary.otlp.conventions import CONVENTIONS
from sessionary.otlp.fields import unquote

# A value longer than this is content, not metadata.
MAX_CHARACTERS = 1000
MAX_KEYS = 100

# What other fields already say.
_FIELDS = frozenset(
    name
    for convention in CONVENTIONS
    for keys in (convention.keys, convention.late_keys)
    for names in keys.values()
    for name in names
) | {name for convention in CONVENTIONS for name in convention.tags}
_OBJECT_FIELDS = frozenset({"session_id", "thread_id", "conversation_id", "user_id"})

_Rows = tuple[Ints, pa.Array, pa.Array]


def metadata(attributes: Attributes) -> pa.MapArray:
    """A map per owner; if several sources have a key, the first in the conventions wins."""
    found = [rows for rows in (*_prefixed(attributes), *_objects(attributes)) if len(rows[0])]
    if not found:
        none = np.zeros(attributes.owners + 1, dtype=np.int64)
        return _maps(none, pa.array([], pa.string()), pa.array([], pa.string()))
    owner = np.concatenate([rows[0] for rows in found])
    keys = pa.concat_arrays([rows[1] for rows in found])
    values = pa.concat_arrays([rows[2] for rows in found])
    kept = _first_of_each(owner, keys)
    owner, keys = owner[kept], keys.take(pa.array(kept))
    values = pc.utf8_slice_codeunits(values.take(pa.array(kept)), 0, MAX_CHARACTERS)
    offsets = np.searchsorted(owner, np.arange(attributes.owners + 1))
    return _maps(offsets, keys, values)


def _maps(offsets: Ints, keys: pa.Array, values: pa.Array) -> pa.MapArray:
    return pa.MapArray.from_arrays(pa.array(offsets, pa.int32()), keys, values)


def _first_of_each(owner: Ints, keys: pa.Array) -> Ints:
    """The rows to keep: the first of each owner and key, up to a maximum per owner."""
    code = np.asarray(keys.dictionary_encode().indices, dtype=np.int64)
    order = np.lexsort((np.arange(len(owner)), code, owner))
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (np.diff(owner[order]) != 0) | (np.diff(code[order]) != 0)
    kept = order[is_first]
    mine = owner[kept]
    place = np.arange(len(kept)) - np.searchsorted(mine, mine)
    return kept[place < MAX_KEYS]


def _prefixed(attributes: Attributes) -> list[_Rows]:
    """Attributes `prefix.key`, one for each key."""
    found = []
    for prefix in (prefix for convention in CONVENTIONS for prefix in convention.metadata):
        for name in attributes.names:
            if name.startswith(prefix) and len(name) > len(prefix) and name not in _FIELDS:
                rows = attributes.rows(name)
                key = pa.array([name[len(prefix) :]], pa.string())
                keys = key.take(pa.array(np.zeros(len(rows), dtype=np.int64)))
                values = unquote(attributes.text.take(pa.array(rows)))
                found.append((attributes.owner[rows], keys, values))
    return found


def _objects(attributes: Attributes) -> list[_Rows]:
    """Attributes that hold a JSON object: read once a distinct text."""
    found = []
    for name in (name for convention in CONVENTIONS for name in convention.metadata_objects):
        rows = attributes.rows(name)
        if not len(rows):
            continue
        encoded = attributes.text.take(pa.array(rows)).dictionary_encode()
        pairs = [_pairs(text) for text in encoded.dictionary.to_pylist()]
        lengths = np.array([len(of_text) for of_text in pairs], dtype=np.int64)
        codes = np.asarray(encoded.indices, dtype=np.int64)
        flat = [pair for of_text in pairs for pair in of_text]
        starts = np.cumsum(lengths) - lengths
        mine = lengths[codes]
        places = np.arange(mine.sum()) - np.repeat(np.cumsum(mine) - mine, mine)
        take = pa.array(np.repeat(starts[codes], mine) + places)
        keys = pa.array([key for key, _ in flat], pa.string()).take(take)
        values = pa.array([value for _, value in flat], pa.string()).take(take)
        found.append((np.repeat(attributes.owner[rows], mine), keys, values))
    return found


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        content = read_json(text)
    except (ValueError, RecursionError):
        return []
    if not isinstance(content, dict):
        return []
    return [
        (key, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for key, value in content.items()
        if value is not None and key not in _OBJECT_FIELDS
    ]
