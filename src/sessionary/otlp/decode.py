"""OTLP bytes to span columns. No Python object per span or per attribute."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.otlp import wire
from sessionary.otlp.attributes import Attributes, Bools, Ints, flatten
from sessionary.otlp.limits import EARLIEST_NS, LATEST_NS

_HEX_DIGITS = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
# orq's own exporter sends span ids of 16 bytes, the trace id among them.
SPAN_ID_BYTES = (8, 16)


@dataclass(frozen=True, slots=True)
class Rejection:
    """Spans of one body that could not be taken, all for the same reason."""

    body: int
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class SpanColumns:
    """The spans of a batch of bodies, a place per span in every column.

    `body`, `resource` and `scope` are indexes: into the bodies given, `resources`' owners and
    `scopes`. Ids are lower-case hex text; times are nanoseconds since 1970, `end_ns` never before
    `start_ns`.
    """

    body: Ints
    resource: Ints
    scope: Ints
    trace_id: pa.Array
    span_id: pa.Array
    parent_span_id: pa.Array
    name: pa.Array
    start_ns: Ints
    end_ns: Ints
    status_code: Ints
    status_message: pa.Array
    attributes: Attributes
    event_offsets: Ints
    event_time_ns: Ints
    event_name: pa.Array
    event_attributes: Attributes
    link_offsets: Ints
    link_trace_id: pa.Array
    link_span_id: pa.Array
    link_attributes: Attributes
    resources: Attributes
    scopes: list[str]
    rejections: list[Rejection]

    def __len__(self) -> int:
        return len(self.body)


def decode(bodies: Sequence[bytes]) -> SpanColumns:
    """Decode trace requests in OTLP protobuf.

    Raises:
        ValueError: a body is not an ExportTraceServiceRequest.
    """
    resource_lists = wire.columns(list(bodies)).column(0)
    resource_spans = resource_lists.flatten()
    body_of_resource = _parents(resource_lists)
    resource, scope_lists = resource_spans.flatten()
    scope_spans = scope_lists.flatten()
    resource_of_scope = _parents(scope_lists)
    scope, span_lists = scope_spans.flatten()
    spans = span_lists.flatten()
    scope_of_span = _parents(span_lists)
    resource_of_span = resource_of_scope[scope_of_span]
    body_of_span = body_of_resource[resource_of_span]

    valid, rejections = _check(spans, body_of_span)
    if rejections:
        spans = spans.filter(pa.array(valid))
        scope_of_span, resource_of_span = scope_of_span[valid], resource_of_span[valid]
        body_of_span = body_of_span[valid]
    part = dict(zip((f.name for f in spans.type), spans.flatten(), strict=True))
    start, end = _interval(part)
    status = dict(zip((f.name for f in part["status"].type), part["status"].flatten(), strict=True))
    event_time, event_name, event_attributes = part["events"].flatten().flatten()
    link_trace, link_span, link_attributes = part["links"].flatten().flatten()
    return SpanColumns(
        body=body_of_span,
        resource=resource_of_span,
        scope=scope_of_span,
        trace_id=_hex(part["trace_id"]),
        span_id=_hex(part["span_id"]),
        parent_span_id=_hex(part["parent_span_id"]),
        name=part["name"],
        start_ns=start,
        end_ns=end,
        status_code=np.asarray(status["code"].fill_null(0), dtype=np.int64),
        status_message=status["message"].fill_null(""),
        attributes=flatten(part["attributes"]),
        event_offsets=_offsets(part["events"]),
        event_time_ns=np.asarray(event_time).astype(np.int64),
        event_name=event_name,
        event_attributes=flatten(event_attributes),
        link_offsets=_offsets(part["links"]),
        link_trace_id=_hex(link_trace),
        link_span_id=_hex(link_span),
        link_attributes=flatten(link_attributes),
        resources=flatten(_attributes_of(resource)),
        scopes=scope.flatten()[0].fill_null("").to_pylist(),
        rejections=rejections,
    )


def _attributes_of(resource: pa.StructArray) -> pa.ListArray:
    # A list under an absent resource has no place of its own in the offsets.
    lists = resource.flatten()[0]
    if not lists.null_count:
        return lists
    lengths = np.asarray(pc.list_value_length(lists).fill_null(0))
    offsets = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), lists.flatten(), type=lists.type)


def _check(spans: pa.StructArray, body: Ints) -> tuple[Bools, list[Rejection]]:
    part = dict(zip((f.name for f in spans.type), spans.flatten(), strict=True))
    starts = np.asarray(part["start_time_unix_nano"])
    ends = np.asarray(part["end_time_unix_nano"])
    faults = (
        (~_is_id(part["trace_id"], (16,)), "trace_id must be 16 bytes, not all zero"),
        (~_is_id(part["span_id"], SPAN_ID_BYTES), "span_id must be 8 bytes, not all zero"),
        (
            (starts < EARLIEST_NS) | (starts >= LATEST_NS),
            "start_time_unix_nano must lie between the years 2000 and 2100",
        ),
        (ends >= LATEST_NS, "end_time_unix_nano must lie before the year 2100"),
    )
    valid = np.ones(len(spans), dtype=bool)
    rejections = []
    for fault, reason in faults:
        bodies, counts = np.unique(body[fault & valid], return_counts=True)
        pairs = zip(bodies.tolist(), counts.tolist(), strict=True)
        rejections += [Rejection(body, count, reason) for body, count in pairs]
        valid &= ~fault
    return valid, rejections


def _is_id(ids: pa.BinaryArray, widths: tuple[int, ...]) -> Bools:
    width = np.asarray(pc.binary_length(ids).fill_null(0))
    zeros = pa.array([b"\x00" * w for w in widths], ids.type)
    return np.isin(width, widths) & ~np.asarray(pc.is_in(ids, zeros))


def _interval(part: dict[str, pa.Array]) -> tuple[Ints, Ints]:
    start = np.asarray(part["start_time_unix_nano"]).astype(np.int64)
    # An open span has no end yet; the duration of one that ends before its start, by clock drift,
    # is unknown. Both count as zero.
    end = np.maximum(np.asarray(part["end_time_unix_nano"]).astype(np.int64), start)
    return start, end


def _parents(lists: pa.ListArray) -> Ints:
    return np.asarray(pc.list_parent_indices(lists), dtype=np.int64)


def _offsets(lists: pa.ListArray) -> Ints:
    offsets = np.asarray(lists.offsets, dtype=np.int64)
    return offsets - offsets[0]


def _hex(ids: pa.BinaryArray) -> pa.Array:
    """Lower-case hex text of every id; an empty id gives empty text."""
    width = np.asarray(pc.binary_length(ids).fill_null(0), dtype=np.int64)
    content = np.frombuffer(b"".join([pc.binary_join(_as_list(ids), b"")[0].as_py()]), np.uint8)
    digits = np.empty(len(content) * 2, dtype=np.uint8)
    digits[0::2] = _HEX_DIGITS[content >> 4]
    digits[1::2] = _HEX_DIGITS[content & 15]
    offsets = np.concatenate(([0], np.cumsum(width * 2))).astype(np.int32)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(digits)]
    return pa.Array.from_buffers(pa.string(), len(ids), buffers)


def _as_list(ids: pa.BinaryArray) -> pa.ListArray:
    return pa.ListArray.from_arrays(pa.array([0, len(ids)], pa.int32()), ids.fill_null(b""))
