"""The tags of spans, from wherever their libraries put them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import pyarrow as pa

from sessionary.model.json_text import read_json
from sessionary.otlp.attributes import Attributes
from sessionary.otlp.conventions import CONVENTIONS
from sessionary.otlp.limits import MAX_TAG, MAX_TAGS

_INTERNAL_TAG = ("graph:step:", "seq:step:")
# What is longer is no usual list: it is not worth keeping what it means.
_KNOWN_CHARACTERS = 4096


def tags(attributes: Attributes) -> pa.ListArray:
    """A list an owner: the first convention's that has one."""
    lists: list[list[str]] = [[]]
    chosen = np.zeros(attributes.owners, dtype=np.int64)
    for name in (name for convention in CONVENTIONS for name in convention.tags):
        rows = attributes.rows(name)
        if not len(rows):
            continue
        encoded = attributes.text.take(pa.array(rows)).dictionary_encode()
        first = len(lists)
        lists += [_parse_tags(text) for text in encoded.dictionary.to_pylist()]
        codes = np.asarray(encoded.indices, dtype=np.int64) + first
        owners = attributes.owner[rows]
        free = chosen[owners] == 0
        repeated = set(owners[1:][np.diff(owners) == 0].tolist())
        chosen[owners[free]] = codes[free]
        for owner in repeated:
            mine = codes[owners == owner].tolist()
            lists.append(_bounded(tag for code in mine for tag in lists[code]))
            chosen[owner] = len(lists) - 1
    return pa.array(lists, pa.list_(pa.string())).take(pa.array(chosen))


def _parse_tags(text: str) -> list[str]:
    """A list of strings, its JSON, or a comma-joined string; sorted, each once, not too many."""
    return list(_known_tags(text) if len(text) <= _KNOWN_CHARACTERS else _read_tags(text))


@lru_cache(maxsize=4096)
def _known_tags(text: str) -> tuple[str, ...]:
    return tuple(_read_tags(text))


def _read_tags(text: str) -> list[str]:
    items: Sequence[object]
    if text.startswith(("[", '"')):
        try:
            content = read_json(text)
            items = content if isinstance(content, list) else str(content).split(",")
        except (ValueError, RecursionError):
            items = text.split(",")
    else:
        items = text.split(",")
    tags = (str(item).strip() for item in items if item is not None)
    return _bounded(tag[:MAX_TAG] for tag in tags if not tag.startswith(_INTERNAL_TAG))


def _bounded(tags: Iterable[str]) -> list[str]:
    return sorted({*tags} - {""})[:MAX_TAGS]
