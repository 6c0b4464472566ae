"""Bodies to a table that is ready to store, for a whole batch at once."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.errors import InvalidRequestError, RetryLaterError, SessionaryError
from sessionary.ingest.submission import Acknowledgement, Submission
from sessionary.otlp import wire
from sessionary.otlp.attributes import Bools
from sessionary.otlp.decode import SpanColumns, decode
from sessionary.otlp.limits import Limits
from sessionary.otlp.normalise import normalise
from sessionary.pricing.price import price
from sessionary.pricing.tariff import PriceBook
from sessionary.store.rollup.rollup import TouchedTraces

log = logging.getLogger(__name__)
Books = Mapping[str, PriceBook]
_NO_BOOKS: Books = {}

Assign = Callable[[pa.Table, pa.Array, pa.Array], pa.Table]
"""Spans, their workspaces and the projects of their keys → the spans as they are to be stored.

Raises RetryLaterError.
"""


def _unassigned(spans: pa.Table, _workspace_ids: pa.Array, _projects: pa.Array) -> pa.Table:
    return spans


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch's spans, the traces they touch, and the answer to each of its submissions."""

    spans: pa.Table
    workspace_ids: pa.Array
    touched: list[TouchedTraces]
    answers: list[Acknowledgement | SessionaryError]


def prepare(
    submissions: Sequence[Submission],
    limits: Limits,
    own_books: Books = _NO_BOOKS,
    assign: Assign = _unassigned,
) -> Prepared:
    """Decode, normalise and price; what cannot be read spoils only its own submission.

    `assign` is called for batches with keys of projects; if it fails, so do their submissions.
    """
    try:
        return _prepare([(s, s.body) for s in submissions], limits, own_books, assign)
    except Exception as error:
        if not isinstance(error, ValueError):
            log.exception("a batch could not be prepared: trying each body alone")
        return _prepare_apart(submissions, limits, own_books, assign)


def _prepare_apart(
    submissions: Sequence[Submission], limits: Limits, own_books: Books, assign: Assign
) -> Prepared:
    answers: list[Acknowledgement | SessionaryError] = [Acknowledgement()] * len(submissions)
    sound: list[tuple[Submission, bytes]] = []
    places = []
    for place, submission in enumerate(submissions):
        checked = _readable(submission, limits, own_books)
        if isinstance(checked, SessionaryError):
            answers[place] = checked
        else:
            sound.append((submission, checked))
            places.append(place)
    prepared = _prepare(sound, limits, own_books, assign)
    for place, answer in zip(places, prepared.answers, strict=True):
        answers[place] = answer
    return Prepared(prepared.spans, prepared.workspace_ids, prepared.touched, answers)


def _readable(submission: Submission, limits: Limits, own_books: Books) -> bytes | SessionaryError:
    """The body, its text repaired if need be, or why it cannot be taken."""
    try:
        # Through the lenient parser, which replaces invalid UTF-8.
        body: bytes = wire.parse("TraceRequest", submission.body).SerializeToString()
        _prepare([(submission, body)], limits, own_books, _unassigned)
    except ValueError as error:
        return InvalidRequestError(f"not an ExportTraceServiceRequest in protobuf: {error}")
    except Exception:
        log.exception("a body of %d bytes could not be prepared", len(submission.body))
        return SessionaryError("these spans could not be read; the server's log has the reason")
    return body


def _prepare(
    bodies: Sequence[tuple[Submission, bytes]],
    limits: Limits,
    own_books: Books,
    assign: Assign,
) -> Prepared:
    decoded = decode([body for _, body in bodies])
    names = pa.array([submission.workspace_id for submission, _ in bodies], pa.string())
    workspace_ids = names.take(pa.array(decoded.body))
    spans = price(normalise(decoded, limits), _rows_of_books(workspace_ids, own_books))
    answers = _answers(decoded, len(bodies))
    keys = [submission.project_id for submission, _ in bodies]
    if any(keys):
        projects = pa.array(keys, pa.string()).take(pa.array(decoded.body))
        try:
            spans = assign(_in_projects(spans, projects), workspace_ids, projects)
        except RetryLaterError as error:
            log.warning("spans of keys of projects are refused: %s", error)
            kept = pc.equal(projects, "")
            spans, workspace_ids = spans.filter(kept), workspace_ids.filter(kept)
            answers = [error if key else answer for key, answer in zip(keys, answers, strict=True)]
    repeated = _superseded(spans, workspace_ids)
    if repeated.any():
        kept = pa.array(~repeated)
        spans, workspace_ids = spans.filter(kept), workspace_ids.filter(kept)
    return Prepared(
        spans=spans,
        workspace_ids=workspace_ids,
        touched=_touched(spans, workspace_ids),
        answers=answers,
    )


def _in_projects(spans: pa.Table, projects: pa.Array) -> pa.Table:
    """The spans; those that were sent with a key of a project in that one."""
    named = spans.column("project_id")
    own = pc.if_else(pc.equal(projects, ""), named, projects.cast(named.type))
    return spans.set_column(spans.schema.get_field_index("project_id"), "project_id", own)


def _rows_of_books(workspace_ids: pa.Array, books: Books) -> list[tuple[Bools, PriceBook]]:
    if not books:
        return []
    own = [name for name in pc.unique(workspace_ids).to_pylist() if name in books]
    return [
        (pc.equal(workspace_ids, name).to_numpy(zero_copy_only=False), books[name]) for name in own
    ]


def _superseded(spans: pa.Table, workspace_ids: pa.Array) -> Bools:
    """Which rows are copies of a span that ends later, or as late and comes later, in the batch.

    The store distinguishes copies of different batches; in one insert their order would be lost.
    """
    ids = (spans.column(name).combine_chunks() for name in ("trace_id", "span_id"))
    span = pc.binary_join_element_wise(workspace_ids, *ids, "/").dictionary_encode()
    superseded = np.zeros(len(spans), dtype=bool)
    if len(span.dictionary) < len(spans):
        code, end = np.asarray(span.indices), spans.column("end_ns").to_numpy()
        order = np.lexsort((np.arange(len(spans)), end, code))
        superseded[order[:-1]] = code[order[:-1]] == code[order[1:]]
    return superseded


def _touched(spans: pa.Table, workspace_ids: pa.Array) -> list[TouchedTraces]:
    touched = []
    for workspace_id in pc.unique(workspace_ids).to_pylist():
        mine = spans.select(["trace_id", "start_ns"])
        if len(pc.unique(workspace_ids)) > 1:
            mine = mine.filter(pc.equal(workspace_ids, workspace_id))
        bounds = pc.min_max(mine.column("start_ns")).as_py()
        trace_ids = pc.unique(mine.column("trace_id")).to_pylist()
        touched.append(TouchedTraces(workspace_id, trace_ids, bounds["min"], bounds["max"]))
    return touched


def _answers(decoded: SpanColumns, count: int) -> list[Acknowledgement | SessionaryError]:
    rejected = np.zeros(count, dtype=np.int64)
    reasons: list[list[str]] = [[] for _ in range(count)]
    for rejection in decoded.rejections:
        rejected[rejection.body] += rejection.count
        spans = "span" if rejection.count == 1 else "spans"
        reasons[rejection.body].append(f"{rejection.count} {spans}: {rejection.reason}")
    pairs = zip(rejected.tolist(), reasons, strict=True)
    return [Acknowledgement(count, tuple(why)) for count, why in pairs]
