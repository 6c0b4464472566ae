"""The trees of the traces that were looked at last.

Every page of a trace's spans needs the whole tree, since what is below what decides the order; of
100,000 spans that takes longer than to read a page.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable

from sessionary.model.span_tree import Place
from sessionary.store.traces.spans import TracePlace

MAX_SPANS = 300_000


class Trees:
    """Trees by trace and version, the latest few that have `most_spans` spans together."""

    def __init__(self, *, most_spans: int = MAX_SPANS) -> None:
        self._most_spans = most_spans
        self._lock = threading.Lock()
        self._kept: OrderedDict[TracePlace, list[Place]] = OrderedDict()

    def get(self, place: TracePlace, grow: Callable[[], list[Place]]) -> list[Place]:
        """The tree of this version of the trace: the kept one, else what `grow` makes."""
        with self._lock:
            if place in self._kept:
                self._kept.move_to_end(place)
                return self._kept[place]
        tree = grow()
        with self._lock:
            self._kept[place] = tree
            while sum(map(len, self._kept.values())) > self._most_spans:
                self._kept.popitem(last=False)
        return tree
