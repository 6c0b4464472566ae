"""Who writes what is on its way to the store, and which the store does not show yet."""

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_COLUMNS = ("trace_id", "session_id", "project_id")


@dataclass(frozen=True, slots=True, eq=False)
class Writes:
    """The traces, sessions and projects of some spans, in their order."""

    workspace_ids: pa.Array | pa.ChunkedArray
    rows: pa.Table

    @classmethod
    def of(cls, spans: pa.Table, workspace_ids: pa.Array) -> "Writes":
        """Those of prepared spans."""
        return cls(workspace_ids, spans.select(_COLUMNS))

    @classmethod
    def of_stored(cls, rows: pa.Table) -> "Writes":
        """Those of `owners_after_watermark`."""
        return cls(rows.column("workspace_id"), rows.select(_COLUMNS))

    def column(self, name: str) -> pa.ChunkedArray:
        """One column."""
        return self.rows.column(name)

    def writings(
        self, workspace_id: str, column: str, senders: pa.Array
    ) -> Iterator[tuple[str, str, str]]:
        """Each id once a writer, in order of the first: the id, its project and `senders`'."""
        table = pa.table(
            {
                "id": self.column(column),
                "project": self.column("project_id"),
                "sender": senders,
                "row": np.arange(len(senders)),
            }
        )
        table = table.filter(
            pc.and_(pc.equal(self.workspace_ids, workspace_id), pc.not_equal(table["id"], ""))
        )
        sent = pc.unique(table.filter(pc.not_equal(table["sender"], ""))["id"])
        table = table.filter(pc.is_in(table["id"], sent))
        first = table.group_by(["id", "project", "sender"]).aggregate([("row", "min")])
        for row in first.sort_by("row_min").to_pylist():
            yield row["id"], row["project"], row["sender"]

    def owners(self, workspace_id: str, column: str, ids: pa.Array) -> Iterator[tuple[str, str]]:
        """Those of the ids that are written, each with a project, in order."""
        is_asked = pc.and_(
            pc.equal(self.workspace_ids, workspace_id), pc.is_in(self.column(column), ids)
        )
        found = self.rows.filter(is_asked)
        yield from zip(
            found.column(column).to_pylist(), found.column("project_id").to_pylist(), strict=True
        )


@dataclass(slots=True)
class Claims:
    """What is on its way to the store, by all threads; the first to write an id owns it."""

    _in_flight: dict[int, Writes] = field(default_factory=dict)
    _left: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, writes: Writes) -> None:
        """These are on their way."""
        with self._lock:
            self._in_flight[id(writes)] = writes

    def remove(self, writes: Writes) -> None:
        """The store shows these."""
        with self._lock:
            self._in_flight.pop(id(writes), None)

    def leave(self, writes: Writes) -> None:
        """These failed on their way: the store may show them later, after `forget_left`."""
        with self._lock:
            self._in_flight.pop(id(writes), None)
            columns = (writes.column(name).to_pylist() for name in _COLUMNS)
            for workspace_id, trace_id, session_id, project_id in zip(
                writes.workspace_ids.to_pylist(), *columns, strict=True
            ):
                for column, name in (("trace_id", trace_id), ("session_id", session_id)):
                    place = (workspace_id, column, name)
                    self._left[place] = self._left.get(place) or project_id

    def forget_left(self) -> None:
        """The store shows all that was left."""
        with self._lock:
            self._left.clear()

    def written(
        self, workspace_id: str, column: str, ids: Collection[str]
    ) -> list[tuple[str, str]]:
        """Those of the ids that are on their way, each with a project, in order.

        Look here before the store: what arrives there in between is found twice, not never.
        """
        with self._lock:
            in_flight = list(self._in_flight.values())
            left = {id: self._left.get((workspace_id, column, id)) for id in ids}
        wanted = pa.array(sorted(ids), pa.string())
        found = [(id, project) for id, project in left.items() if project is not None]
        for writes in in_flight:
            found += writes.owners(workspace_id, column, wanted)
        return found
