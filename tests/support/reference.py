"""A reference implementation of the roll-up of spans to traces and sessions.

It is slow and obviously right. Property tests compare it with the server's SQL. The rules:
docs/accounting.md. Nothing here is imported from the server except names of kinds.
OTLP is in generators.py; prices are not covered.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from sessionary.model.span_kind import AGENT, INTERNAL, MODEL_CALLS, SPAN, TOOL

MAX_HOPS = 64
MAX_SIBLINGS = 1000
NO_COST = Decimal(0)


@dataclass(frozen=True, slots=True)
class RefSpan:
    """One normalised span; ids are hex text, times nanoseconds, costs US dollars.

    If a span names only one model, `request_model` and `response_model` are equal; `end_ns`
    is never before `start_ns`; `input_tokens` includes the cached ones.
    """

    trace_id: str
    span_id: str
    parent_id: str = ""
    name: str = ""
    start_ns: int = 0
    end_ns: int = 0
    kind: str = SPAN
    is_log: bool = False
    is_error: bool = False
    scope: str = ""
    session_id: str = ""
    contact_id: str = ""
    project_id: str = ""
    tags: tuple[str, ...] = ()
    trace_name: str = ""
    request_model: str = ""
    response_model: str = ""
    response_id: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cache_write_tokens: int = 0
    reasoning_tokens: int = 0
    input_cost: Decimal = NO_COST
    output_cost: Decimal = NO_COST
    total_cost: Decimal = NO_COST
    cost_source: str = "none"
    reports_usage: bool = False
    """Whether it reports usage, even if zero."""
    provider: str = ""
    environment: str = ""
    release: str = ""
    finish_reason: str = ""

    @property
    def is_call(self) -> bool:
        """Whether its kind has usage that counts."""
        return self.kind in MODEL_CALLS

    @property
    def has_usage(self) -> bool:
        """Whether it reports tokens or a cost."""
        return self.input_tokens + self.output_tokens > 0 or self.total_cost > 0

    @property
    def is_root(self) -> bool:
        """Whether it names no parent. A span whose parent never arrived is not a root."""
        return not self.parent_id


@dataclass(frozen=True, slots=True)
class Usage:
    """The sums of a set of counted calls."""

    calls: int
    failed_calls: int
    unpriced_calls: int
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int
    cache_write_tokens: int
    reasoning_tokens: int
    input_cost: Decimal
    output_cost: Decimal
    total_cost: Decimal


@dataclass(frozen=True, slots=True)
class RefTrace:
    """One trace: its spans without repetition, and the counted model calls among them."""

    trace_id: str
    session_id: str
    contact_id: str
    project_id: str
    name: str
    tags: tuple[str, ...]
    start_ns: int
    end_ns: int
    errors_count: int
    spans: tuple[RefSpan, ...] = field(repr=False)
    calls: tuple[RefSpan, ...]

    @property
    def is_log_only(self) -> bool:
        """Whether it is derived from log records alone."""
        return all(span.is_log for span in self.spans)


@dataclass(frozen=True, slots=True)
class RefSession:
    """One session and its traces. Contacts and tags are distinct and sorted."""

    external_id: str
    project_id: str
    contact_ids: tuple[str, ...]
    tags: tuple[str, ...]
    start_ns: int
    end_ns: int
    active_ns: int
    errors_count: int
    traces: tuple[RefTrace, ...]

    @property
    def calls(self) -> tuple[RefSpan, ...]:
        """The counted calls of all its traces."""
        return tuple(call for trace in self.traces for call in trace.calls)


def roll_up(arrivals: Sequence[RefSpan]) -> tuple[list[RefTrace], list[RefSession]]:
    """All traces and sessions of the spans, in the order of arrival."""
    spans = sorted(_once(arrivals), key=lambda span: span.trace_id)
    traces = [roll_up_trace(list(group)) for _, group in groupby(spans, lambda span: span.trace_id)]
    session_ids = sorted({trace.session_id for trace in traces} - {""})
    sessions = [
        _session(session_id, [trace for trace in traces if trace.session_id == session_id])
        for session_id in session_ids
    ]
    return traces, sessions


def _once(arrivals: Iterable[RefSpan]) -> list[RefSpan]:
    """The winning copy of each span: the last to end, then the last to arrive."""
    kept: dict[tuple[str, str], RefSpan] = {}
    for span in arrivals:
        key = (span.trace_id, span.span_id)
        if key not in kept or span.end_ns >= kept[key].end_ns:
            kept[key] = span
    return list(kept.values())


def roll_up_trace(spans: Sequence[RefSpan]) -> RefTrace:
    """One trace of distinct spans; log records count only if no span reports a call."""
    if any(span.is_call and not span.is_log for span in spans):
        spans = [span for span in spans if not span.is_log]
    ordered = sorted(spans, key=lambda span: (not span.is_root, span.start_ns, span.span_id))
    calls = _counted_calls(ordered)
    failed = sum(call.is_error for call in calls)
    return RefTrace(
        trace_id=ordered[0].trace_id,
        session_id=_first(ordered, lambda span: span.session_id),
        contact_id=_first(ordered, lambda span: span.contact_id),
        project_id=_first(ordered, lambda span: span.project_id),
        name=_first(ordered, lambda span: span.trace_name) or ordered[0].name,
        tags=next((tuple(sorted(set(span.tags))) for span in ordered if span.tags), ()),
        start_ns=min(span.start_ns for span in ordered),
        end_ns=max(span.end_ns for span in ordered),
        errors_count=failed or int(any(span.is_error for span in ordered)),
        spans=tuple(ordered),
        calls=tuple(calls),
    )


def _first(ordered: Iterable[RefSpan], value: Callable[[RefSpan], str]) -> str:
    return next((found for found in map(value, ordered) if found), "")


def _counted_calls(spans: Sequence[RefSpan]) -> list[RefSpan]:
    """The model calls of one trace, each counted once."""
    ancestors = _ancestors(spans)
    candidates = [span for span in spans if span.is_call]
    kept = _without_repeats(_innermost(candidates, ancestors))
    if any(candidate.has_usage for candidate in candidates):
        return kept
    bearers = _fallback_usage_spans(spans, ancestors)
    if candidates and not any(bearer.has_usage for bearer in bearers):
        return kept
    others = [call for call in kept if not _has_one_of(bearers, ancestors[call.span_id])]
    return bearers + others


def _ancestors(spans: Sequence[RefSpan]) -> dict[str, set[str]]:
    """The ancestors of each span id, without those in a cycle with it."""
    by_id = {span.span_id: span for span in spans}
    above = {span.span_id: _climb(span, by_id) for span in spans}
    return {
        span_id: {other for other in others if span_id not in above[other]}
        for span_id, others in above.items()
    }


def _climb(span: RefSpan, by_id: dict[str, RefSpan]) -> set[str]:
    found: set[str] = set()
    for _ in range(MAX_HOPS):
        if span.parent_id not in by_id:
            break
        span = by_id[span.parent_id]
        found.add(span.span_id)
    return found


def _has_one_of(spans: Iterable[RefSpan], span_ids: set[str]) -> bool:
    return any(span.span_id in span_ids for span in spans)


def _innermost(candidates: Sequence[RefSpan], ancestors: dict[str, set[str]]) -> list[RefSpan]:
    """The counted ones of nested calls: the inner call with usage, else the outer."""
    with_usage = [candidate for candidate in candidates if candidate.has_usage]
    uncovered = [
        candidate
        for candidate in candidates
        if not any(candidate.span_id in ancestors[inner.span_id] for inner in with_usage)
    ]
    return [
        candidate
        for candidate in uncovered
        if candidate.has_usage or not _has_one_of(uncovered, ancestors[candidate.span_id])
    ]


def _without_repeats(kept: Sequence[RefSpan]) -> list[RefSpan]:
    """Without calls that two scopes report side by side: the inner interval wins."""
    sizes = Counter((call.request_model, call.response_id) for call in kept)
    return [
        call
        for call in kept
        if sizes[call.request_model, call.response_id] > MAX_SIBLINGS
        or not any(_gives_way(call, other) for other in kept)
    ]


def _gives_way(outer: RefSpan, inner: RefSpan) -> bool:
    if outer.scope == inner.scope:
        return False
    if (outer.request_model, outer.response_id) != (inner.request_model, inner.response_id):
        return False
    if (outer.start_ns, outer.end_ns) == (inner.start_ns, inner.end_ns):
        return inner.scope > outer.scope
    return inner.start_ns >= outer.start_ns and inner.end_ns <= outer.end_ns


def _fallback_usage_spans(
    spans: Sequence[RefSpan], ancestors: dict[str, set[str]]
) -> list[RefSpan]:
    """The outermost agents and roots whose usage counts if no call reports any."""
    found = [
        span
        for span in spans
        if not span.is_call
        and not span.is_log
        and span.kind != INTERNAL
        and (span.kind == AGENT or span.is_root)
        and span.reports_usage
    ]
    with_usage = [span for span in found if span.has_usage]
    above_usage = {other for span in with_usage for other in ancestors[span.span_id]}
    return [
        span
        for span in found
        if (
            not _has_one_of(with_usage, ancestors[span.span_id])
            if span.has_usage
            else not _has_one_of(found, ancestors[span.span_id]) and span.span_id not in above_usage
        )
    ]


def _session(session_id: str, traces: Sequence[RefTrace]) -> RefSession:
    if any(call for trace in traces if not trace.is_log_only for call in trace.calls):
        traces = [trace for trace in traces if not trace.is_log_only]
    return RefSession(
        external_id=session_id,
        project_id=_first_project(traces),
        contact_ids=tuple(sorted({trace.contact_id for trace in traces} - {""})),
        tags=tuple(sorted({tag for trace in traces for tag in trace.tags})),
        start_ns=min(trace.start_ns for trace in traces),
        end_ns=max(trace.end_ns for trace in traces),
        active_ns=_union_ns((trace.start_ns, trace.end_ns) for trace in traces),
        errors_count=sum(trace.errors_count for trace in traces),
        traces=tuple(traces),
    )


def _first_project(traces: Sequence[RefTrace]) -> str:
    ordered = sorted(traces, key=lambda trace: (trace.start_ns, trace.trace_id))
    return next((trace.project_id for trace in ordered if trace.project_id), "")


def _union_ns(intervals: Iterable[tuple[int, int]]) -> int:
    covered, reached = 0, 0
    for start, end in sorted(intervals):
        covered += max(end, reached) - max(start, reached)
        reached = max(reached, end)
    return covered


def usage(calls: Sequence[RefSpan]) -> Usage:
    """The sums of counted calls."""
    return Usage(
        calls=len(calls),
        failed_calls=sum(call.is_error for call in calls),
        unpriced_calls=sum(not call.is_error and call.cost_source == "none" for call in calls),
        prompt_tokens=sum(call.input_tokens for call in calls),
        completion_tokens=sum(call.output_tokens for call in calls),
        cached_tokens=sum(call.cached_tokens for call in calls),
        cache_write_tokens=sum(call.cache_write_tokens for call in calls),
        reasoning_tokens=sum(call.reasoning_tokens for call in calls),
        input_cost=sum((call.input_cost for call in calls), NO_COST),
        output_cost=sum((call.output_cost for call in calls), NO_COST),
        total_cost=sum((call.total_cost for call in calls), NO_COST),
    )


def usage_by_model(calls: Sequence[RefSpan]) -> dict[str, Usage]:
    """The sums of each model, by the response model."""
    models = sorted({call.response_model for call in calls})
    return {
        model: usage([call for call in calls if call.response_model == model]) for model in models
    }


def tool_calls(spans: Iterable[RefSpan]) -> int:
    """The number of tool calls."""
    return sum(span.kind == TOOL for span in spans)
