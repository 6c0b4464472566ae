"""Which span of a trace is below which, as a list in the order in which a tree is drawn."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands; roots are at level 0."""

    span_id: str
    level: int
    has_children: bool


def places(spans: Sequence[tuple[str, str]]) -> list[Place]:
    """Each span once, below its parent, siblings in the order given.

    `spans` are pairs of a span's id and its parent's. A root is a span without a parent, or whose
    parent never arrived; spans that are above each other hang below the first of them.
    """
    children = defaultdict[str, list[str]](list)
    for span_id, parent_id in spans:
        children[parent_id].append(span_id)
    known = {span_id for span_id, _ in spans}
    roots = [span_id for span_id, parent_id in spans if parent_id not in known]
    placed = dict[str, Place]()
    for root in [*roots, *(span_id for span_id, _ in spans)]:
        for place in _descend(root, children, placed):
            placed[place.span_id] = place
    return list(placed.values())


def _descend(
    root: str, children: dict[str, list[str]], placed: dict[str, Place]
) -> Iterator[Place]:
    """What of the tree below `root` is not placed yet. No recursion: a trace may be a chain."""
    waiting = [(root, 0)]
    while waiting:
        span_id, level = waiting.pop()
        if span_id in placed:
            continue
        below = children.get(span_id, [])
        yield Place(span_id, level, bool(below))
        waiting += [(child, level + 1) for child in reversed(below)]
