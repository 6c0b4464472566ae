"""What a key of one project sends stays in that project.

A trace or session belongs to the project that wrote to it first, or to the whole workspace. A span
that names one of another owner gets an id derived from it (`model/derived_id.py`) before it is
stored, so that a rebuild gives the same result.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.ingest.claims import Claims, Writes
from sessionary.model.derived_id import (
    derived_session_id,
    derived_trace_id,
    is_derived_trace_id,
    names_other_project,
)
from sessionary.model.log_entry import LogEntry
from sessionary.store.scopes.owners import Owners

log = logging.getLogger(__name__)

FindOwners = Callable[[str, Sequence[str], Sequence[str]], Owners]
"""Look up a workspace's traces and sessions in the store."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Traces or sessions: the column with the id, and how to replace one."""

    column: str
    sent_attribute: str
    derive: Callable[[str, str], str]
    is_reserved: Callable[[str, str], bool]
    """Whether only the derivation itself gives a project this id."""


_KINDS = (
    _Kind(
        "trace_id",
        "sessionary.sent_trace_id",
        derived_trace_id,
        lambda _, trace_id: is_derived_trace_id(trace_id),
    ),
    _Kind("session_id", "sessionary.sent_session_id", derived_session_id, names_other_project),
)


@dataclass(frozen=True, slots=True)
class Ownership:
    """Replaces ids of other owners.

    `claims` is what is on its way to the store, `find` looks up what is there.
    """

    claims: Claims
    find: FindOwners

    def assign(self, spans: pa.Table, workspace_ids: pa.Array, projects: pa.Array) -> pa.Table:
        """The spans with the ids to store them under; the sent ids become attributes.

        `projects` is the project of the key that sent each span, empty for a workspace key.

        Raises:
            RetryLaterError: the owners are not known.
        """
        ids = self.stored_ids(Writes.of(spans, workspace_ids), projects)
        moved = {kind: pc.not_equal(ids[kind.column], spans.column(kind.column)) for kind in _KINDS}
        rows = np.flatnonzero(np.logical_or(*(_bools(mask) for mask in moved.values())))
        if not len(rows):
            return spans
        log.warning(
            "%d spans of the projects %s name traces or sessions of other owners: stored apart",
            len(rows),
            ", ".join(sorted(set(projects.take(pa.array(rows)).to_pylist()))),
        )
        spans = _set(spans, "attributes", _with_sent_ids(spans, moved, rows))
        for column, stored in ids.items():
            spans = _set(spans, column, stored)
        return spans

    def assign_entries(
        self, workspace_id: str, project_id: str, entries: Sequence[LogEntry]
    ) -> list[LogEntry]:
        """The log records of a key of a project with the ids to store them under.

        Raises:
            RetryLaterError: the owners are not known.
        """
        columns = {
            kind.column: pa.array([getattr(entry, kind.column) for entry in entries], pa.string())
            for kind in _KINDS
        }
        projects = pa.array([project_id] * len(entries), pa.string())
        workspaces = pa.array([workspace_id] * len(entries), pa.string())
        ids = self.stored_ids(
            Writes.of(pa.table(columns | {"project_id": projects}), workspaces), projects
        )
        texts = zip(*(ids[kind.column].to_pylist() for kind in _KINDS), strict=True)
        return [
            replace(entry, trace_id=trace_id, session_id=session_id)
            for entry, (trace_id, session_id) in zip(entries, texts, strict=True)
        ]

    def stored_ids(self, writes: Writes, projects: pa.Array) -> dict[str, pa.Array]:
        """The `trace_id` and `session_id` to store each row under."""
        ids = {kind.column: writes.column(kind.column) for kind in _KINDS}
        for workspace_id in pc.unique(writes.workspace_ids.filter(_named(projects))).to_pylist():
            is_here = pc.equal(writes.workspace_ids, workspace_id)
            for (column, project), stored in self._stored(workspace_id, writes, projects).items():
                is_sent = pc.and_(is_here, pc.equal(projects, project))
                ids[column] = _replaced(ids[column], stored, is_sent)
        return ids

    def _stored(
        self, workspace_id: str, writes: Writes, projects: pa.Array
    ) -> dict[tuple[str, str], dict[str, str]]:
        """Of each column and project: the sent ids that are stored under another one."""
        writings = {
            kind: list(writes.writings(workspace_id, kind.column, projects)) for kind in _KINDS
        }
        asked: dict[_Kind, set[str]] = {
            kind: {id for id, _, sender in writings[kind] if sender} for kind in _KINDS
        }
        known: dict[_Kind, dict[str, str | None]] = {kind: {} for kind in _KINDS}
        stored: dict[tuple[str, str], dict[str, str]] = {}
        # Again only where there is a conflict: the derived id has to be looked up, too.
        while any(asked.values()):
            self._look_up(workspace_id, asked, known)
            stored = {}
            for kind in _KINDS:
                asked[kind] = _resolve(kind, writings[kind], dict(known[kind]), stored)
        return stored

    def _look_up(
        self,
        workspace_id: str,
        asked: dict["_Kind", set[str]],
        known: dict["_Kind", dict[str, str | None]],
    ) -> None:
        on_their_way = {
            kind: self.claims.written(workspace_id, kind.column, asked[kind]) for kind in _KINDS
        }
        traces, sessions = _KINDS
        found = self.find(workspace_id, sorted(asked[traces]), sorted(asked[sessions]))
        for kind, owners in ((traces, found.traces), (sessions, found.sessions)):
            for id, project in on_their_way[kind]:
                owners[id] = owners.get(id) or project
            known[kind] |= {id: owners.get(id) for id in asked[kind]}


def _resolve(
    kind: _Kind,
    writings: Sequence[tuple[str, str, str]],
    owners: dict[str, str | None],
    stored: dict[tuple[str, str], dict[str, str]],
) -> set[str]:
    """Go through the writings in order, claiming ids; returns the ids to look up first.

    `owners` has the ids that were looked up, None for those that are free.
    """
    unknown = set()
    for id, project, sender in writings:
        if not sender:
            if id in owners:
                owners[id] = owners[id] or project
            continue
        for candidate in _candidates(kind, id, sender):
            if candidate not in owners:
                unknown.add(candidate)
                break
            if owners[candidate] == sender or (
                owners[candidate] is None
                and (candidate != id or not kind.is_reserved(sender, candidate))
            ):
                owners[candidate] = sender
                if candidate != id:
                    stored.setdefault((kind.column, sender), {})[id] = candidate
                break
    return unknown


def _candidates(kind: _Kind, id: str, project: str) -> Iterator[str]:
    """The ids under which a project may have what it sends under `id`.

    The second is taken unless a workspace key has used it.
    """
    while True:
        yield id
        id = kind.derive(project, id)


def _named(projects: pa.Array) -> pa.Array:
    return pc.not_equal(projects, "")


def _replaced(ids: pa.Array, stored: dict[str, str], is_sent: pa.Array) -> pa.Array:
    place = pc.index_in(ids, pa.array(list(stored), ids.type))
    is_moved = pc.and_(is_sent, pc.is_valid(place))
    return pc.if_else(is_moved, pa.array(list(stored.values()), ids.type).take(place), ids)


def _with_sent_ids(spans: pa.Table, moved: dict[_Kind, pa.Array], rows: np.ndarray) -> pa.Array:
    attributes = spans.column("attributes").combine_chunks()
    added = []
    for row, pairs in zip(rows.tolist(), attributes.take(pa.array(rows)).to_pylist(), strict=True):
        sent = {
            kind.sent_attribute: spans.column(kind.column)[row].as_py()
            for kind, mask in moved.items()
            if mask[row].as_py()
        }
        added.append([*(pair for pair in pairs if pair[0] not in sent), *sent.items()])
    place = np.arange(len(spans))
    place[rows] = len(spans) + np.arange(len(rows))
    return pa.concat_arrays([attributes, pa.array(added, attributes.type)]).take(pa.array(place))


def _set(spans: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return spans.set_column(spans.schema.get_field_index(column), column, values)


def _bools(mask: pa.Array) -> np.ndarray:
    return mask.to_numpy(zero_copy_only=False)
