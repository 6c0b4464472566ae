"""The free attributes of spans, events and links as Arrow maps, every one kept."""

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.model.json_text import read_json
from sessionary.otlp.attributes import Attributes, Bools, Ints
from sessionary.otlp.limits import Limits


class AttributeMaps:
    """The maps of all owners, and what had to be changed to keep them."""

    def __init__(self, attributes: Attributes, limits: Limits) -> None:
        text, is_json, keep = _merge_repeats(attributes)
        dropped = _past_limit(attributes, limits.attributes)
        text, cut = _cut(text, limits.attribute_bytes)
        kept = np.flatnonzero(keep & ~dropped)
        names = pa.array(attributes.names, pa.string())
        self._names = names.take(pa.array(attributes.code))
        self._owners = attributes.owners
        self._owner = attributes.owner
        whole = len(kept) == len(text)
        self.maps = pa.MapArray.from_arrays(
            pa.array(_offsets(attributes.owner[kept], attributes.owners), pa.int32()),
            self._names if whole else self._names.take(pa.array(kept)),
            text if whole else text.take(pa.array(kept)),
        )
        self.json_names = self._names_where(is_json & keep & ~dropped)
        self.truncated_names = self._names_where(cut & keep & ~dropped)
        self.dropped = np.bincount(attributes.owner[dropped], minlength=attributes.owners)

    def _names_where(self, mask: Bools) -> pa.ListArray:
        rows = np.flatnonzero(mask)
        offsets = pa.array(_offsets(self._owner[rows], self._owners), pa.int32())
        return pa.ListArray.from_arrays(offsets, self._names.take(pa.array(rows)))


def _offsets(owner: Ints, owners: int) -> Ints:
    return np.concatenate(([0], np.cumsum(np.bincount(owner, minlength=owners))))


def _merge_repeats(attributes: Attributes) -> tuple[pa.StringArray, Bools, Bools]:
    """A key that one owner has several times becomes one JSON list, at its first place.

    orq's LangChain handler sends one `langsmith.span.tags` per tag; Codex sends `thread.id`
    as a number and as text.
    """
    keep = np.ones(len(attributes.owner), dtype=bool)
    is_json = attributes.is_json
    repeats = attributes.repeats()
    if not repeats:
        return attributes.text, is_json, keep
    is_json = is_json.copy()
    merged = np.zeros(len(keep), dtype=bool)
    texts = []
    for first, *others in sorted(repeats):
        rows = [first, *others]
        values = attributes.text.take(pa.array(rows)).to_pylist()
        known = attributes.is_json[rows].tolist()
        items = [_item(text, is_json=json_) for text, json_ in zip(values, known, strict=True)]
        texts.append(json.dumps(items, ensure_ascii=False))
        merged[first], is_json[first] = True, True
        keep[others] = False
    text = pc.replace_with_mask(attributes.text, pa.array(merged), pa.array(texts, pa.string()))
    return text, is_json, keep


def _item(text: str, *, is_json: bool) -> object:
    if not is_json:
        return text
    try:
        return read_json(text)
    except (ValueError, RecursionError):
        return text


def _past_limit(attributes: Attributes, most: int) -> Bools:
    if not len(attributes.owner) or np.diff(attributes.offsets).max() <= most:
        return np.zeros(len(attributes.owner), dtype=bool)
    place = np.arange(len(attributes.owner)) - attributes.offsets[attributes.owner]
    return place >= most


def _cut(text: pa.StringArray, most: int) -> tuple[pa.StringArray, Bools]:
    over = np.asarray(pc.greater(pc.binary_length(text), most))
    if not over.any():
        return text, over
    long = text.filter(pa.array(over)).to_pylist()
    cut = [value.encode()[:most].decode("utf-8", "ignore") for value in long]
    return pc.replace_with_mask(text, pa.array(over), pa.array(cut, pa.string())), over
