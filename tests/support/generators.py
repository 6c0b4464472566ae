"""Hypothesis strategies for traces with the faults of real ones, and their OTLP.

Ids are small and symbolic, so that examples shrink; `with_own_ids` makes them unique to a test.
The expected roll-up of these spans is in reference.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise

from hypothesis import strategies as st
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import ScopeSpans, Span, Status

from sessionary.model.span_kind import AGENT, CHAIN, EMBEDDING, INTERNAL, LLM, RETRIEVER, SPAN, TOOL
from tests.support.reference import RefSpan

MILLISECOND_NS = 1_000_000
HOUR_NS = 3_600_000 * MILLISECOND_NS
# 20 ms before a full hour, so that traces are on both sides of it.
START_NS = 1_767_614_399_980 * MILLISECOND_NS
# Between the traces of one session.
PAUSES_NS = (0, 0, 5 * MILLISECOND_NS, 2 * HOUR_NS, 72 * HOUR_NS)

KINDS = (LLM, LLM, LLM, EMBEDDING, AGENT, CHAIN, TOOL, RETRIEVER, SPAN, INTERNAL)
SCOPES = ("app", "library.inner", "library.outer")
# Names that are not in the price list, so that only the client's figure is a cost.
MODELS = ("", "model-made-up-a", "model-made-up-b")
ANSWERING_MODEL = "model-made-up-a-2026"
SESSIONS = ("", "", "a", "b")
MISSING_PARENT = "999"

Value = str | int | float | Sequence[str]


def _span_id(number: int) -> str:
    return f"{number:03d}"


@st.composite
def spans_of_any_shape(draw: st.DrawFn) -> list[RefSpan]:
    """Spans with any parents: several roots, orphans, cycles, children first."""
    count = draw(st.integers(1, 7))
    ids = [_span_id(number) for number in range(1, count + 1)]
    parents = st.sampled_from(["", MISSING_PARENT, *ids])
    return [
        draw(_measured(RefSpan("1", span_id, draw(parents if number else st.just("")))))
        for number, span_id in enumerate(ids)
    ]


@st.composite
def doubled_calls(draw: st.DrawFn) -> list[RefSpan]:
    """An agent that repeats its turns' totals; each turn is a call inside a call.

    One or both calls report usage. Between them are spans, sometimes nearly the maximum of hops.
    """
    agent = draw(_measured(RefSpan("1", _span_id(1), kind=AGENT, scope=SCOPES[0])))
    spans = [agent]
    depths = draw(st.sampled_from(((0,), (0,), (1, 0), (0, 2), (63,), (64,))))
    for depth in depths:
        spans += draw(_turn(_span_id(1), len(spans) + 1, depth))
    total = sum(span.input_tokens for span in spans if span.scope == SCOPES[1])
    spans[0] = replace(_without_usage(agent), input_tokens=total, reports_usage=True)
    return spans


@st.composite
def _turn(draw: st.DrawFn, parent_id: str, number: int, depth: int) -> list[RefSpan]:
    kind = draw(st.sampled_from((LLM, EMBEDDING)))
    outer = RefSpan("1", _span_id(number), parent_id, kind=kind, scope=SCOPES[2])
    spans = [draw(_measured(outer))]
    for _ in range(depth):
        between = RefSpan("1", _span_id(number + len(spans)), spans[-1].span_id, scope=SCOPES[2])
        spans.append(replace(between, start_ns=START_NS, end_ns=START_NS))
    inner = RefSpan("1", _span_id(number + len(spans)), spans[-1].span_id, kind=kind)
    return [*spans, draw(_measured(replace(inner, scope=SCOPES[1])))]


@st.composite
def reported_side_by_side(draw: st.DrawFn) -> list[RefSpan]:
    """Sibling spans of two or three libraries that report the same calls."""
    root = draw(_measured(RefSpan("1", _span_id(1), kind=CHAIN, scope="app")))
    model, response_id = draw(st.sampled_from(MODELS)), draw(st.sampled_from(("", "r1")))
    calls = []
    for number in range(2, draw(st.integers(3, 5))):
        call = RefSpan("1", _span_id(number), _span_id(1), kind=LLM)
        call = draw(_measured(replace(call, scope=draw(st.sampled_from(SCOPES)))))
        start, length = draw(st.integers(0, 1)), draw(st.integers(0, 2))
        calls.append(
            replace(
                _with_models(call, model, draw(st.sampled_from(("", ANSWERING_MODEL)))),
                response_id=response_id,
                start_ns=START_NS + start * MILLISECOND_NS,
                end_ns=START_NS + (start + length) * MILLISECOND_NS,
            )
        )
    return [root, *calls]


def calls_apart(hops: int) -> list[RefSpan]:
    """A call `hops` parent links below another; both have usage."""
    outer = _call("001", "")
    between = [RefSpan("1", _span_id(n), _span_id(n - 1), "between") for n in range(2, hops + 1)]
    spans = [outer, *between, _call(_span_id(hops + 1), _span_id(hops))]
    return [replace(span, start_ns=START_NS, end_ns=START_NS) for span in spans]


def calls_in_a_circle() -> list[RefSpan]:
    """Two calls that name each other as parents, and one below them."""
    return [_call("001", "002"), _call("002", "001"), replace(_call("003", "001"), input_tokens=0)]


def calls_at_the_same_time() -> list[RefSpan]:
    """Two spans of one call with the same start and end but different usage."""
    return [_call("001", ""), replace(_call("002", ""), scope="library.outer", input_tokens=7)]


def _call(span_id: str, parent_id: str) -> RefSpan:
    return RefSpan(
        "1",
        span_id,
        parent_id,
        f"call {span_id}",
        start_ns=START_NS,
        end_ns=START_NS + MILLISECOND_NS,
        kind=LLM,
        scope="library.inner",
        session_id="a",
        input_tokens=5,
        reports_usage=True,
    )


@st.composite
def agents_alone(draw: st.DrawFn) -> list[RefSpan]:
    """Nested agents that alone report usage; calls, if any, report none."""
    spans = [draw(_measured(RefSpan("1", _span_id(1), kind=draw(st.sampled_from((AGENT, CHAIN))))))]
    for number in range(2, draw(st.integers(2, 5))):
        parent = draw(st.sampled_from(["", *(span.span_id for span in spans)]))
        kind = draw(st.sampled_from((AGENT, AGENT, LLM, TOOL)))
        span = draw(_measured(RefSpan("1", _span_id(number), parent, kind=kind)))
        spans.append(_without_usage(span) if kind == LLM else span)
    return spans


def _without_usage(span: RefSpan) -> RefSpan:
    return RefSpan(
        span.trace_id,
        span.span_id,
        span.parent_id,
        start_ns=span.start_ns,
        end_ns=span.end_ns,
        kind=span.kind,
        scope=span.scope,
        is_error=span.is_error,
        request_model=span.request_model,
        response_model=span.response_model,
    )


@st.composite
def _measured(draw: st.DrawFn, span: RefSpan) -> RefSpan:
    """The span with a kind, times and usage."""
    start = START_NS + draw(st.integers(0, 40)) * MILLISECOND_NS
    span = replace(
        span,
        kind=draw(st.sampled_from(KINDS)) if span.kind == SPAN else span.kind,
        scope=span.scope or draw(st.sampled_from(SCOPES)),
        start_ns=start,
        end_ns=start + draw(st.sampled_from((0, 1, 1, 7, 20))) * MILLISECOND_NS,
        is_error=draw(st.integers(0, 4)) == 4,
        response_id=draw(st.sampled_from(("", "", "r1", "r2"))),
    )
    span = draw(_with_model(span))
    return draw(_with_usage(span)) if draw(st.booleans()) else span


@st.composite
def _with_model(draw: st.DrawFn, span: RefSpan) -> RefSpan:
    request = draw(st.sampled_from(MODELS))
    response = draw(st.sampled_from(("", "", ANSWERING_MODEL)))
    return _with_models(span, request, response)


def _with_models(span: RefSpan, request: str, response: str) -> RefSpan:
    return replace(span, request_model=request or response, response_model=response or request)


@st.composite
def _with_usage(draw: st.DrawFn, span: RefSpan) -> RefSpan:
    """The span with tokens (possibly none) and possibly a cost in micro-dollars."""
    into, out = draw(st.sampled_from((0, 1, 120))), draw(st.sampled_from((0, 30)))
    cached = draw(st.integers(0, into // 2))
    span = replace(
        span,
        input_tokens=into,
        output_tokens=out,
        cached_tokens=cached,
        cache_write_tokens=draw(st.integers(0, (into - cached) // 2)),
        reasoning_tokens=draw(st.integers(0, out)),
        reports_usage=True,
    )
    micros = draw(st.sampled_from((None, (1, 2), (0, 333_333), (1_999_999, 1))))
    if micros is None:
        return span
    input_cost, output_cost = (Decimal(part).scaleb(-6) for part in micros)
    total = input_cost + output_cost
    return replace(
        span,
        input_cost=input_cost,
        output_cost=output_cost,
        total_cost=total,
        cost_source="client",
    )


@st.composite
def _annotated(draw: st.DrawFn, span: RefSpan) -> RefSpan:
    """The span with attributes of its trace: session, contact, project, tags, name."""
    return replace(
        span,
        session_id=draw(st.sampled_from(SESSIONS)),
        contact_id=draw(st.sampled_from(("", "alice", "bob"))),
        project_id=draw(st.sampled_from(("", "", "p1", "p2"))),
        tags=draw(st.sampled_from(((), (), ("beta",), ("beta", "web"), ("näh", "web")))),
        trace_name=draw(st.sampled_from(("", "", "named", "named otherwise"))),
    )


@st.composite
def traces(draw: st.DrawFn, number: int = 1) -> list[RefSpan]:
    """The spans of one trace, without repetition."""
    shapes = (spans_of_any_shape(), doubled_calls(), reported_side_by_side(), agents_alone())
    spans = [replace(span, name=f"span {span.span_id}") for span in draw(st.one_of(*shapes))]
    for place in draw(st.sets(st.integers(0, len(spans) - 1), max_size=4)):
        spans[place] = draw(_annotated(spans[place]))
    pause = draw(st.sampled_from(PAUSES_NS))
    return [
        replace(
            span,
            trace_id=str(number),
            start_ns=span.start_ns + pause,
            end_ns=span.end_ns + pause,
        )
        for span in spans
    ]


@st.composite
def conversations(draw: st.DrawFn) -> list[RefSpan]:
    """One to three traces, with earlier copies of some spans.

    No two copies of a span end at the same time, so the order of arrival does not matter.
    """
    spans = [
        span for number in range(1, draw(st.integers(1, 3)) + 1) for span in draw(traces(number))
    ]
    wrong = draw(st.lists(st.sampled_from(spans), max_size=4, unique_by=_key))
    return [*(draw(_earlier_copy(span)) for span in wrong), *spans]


def _key(span: RefSpan) -> tuple[str, str]:
    return span.trace_id, span.span_id


@st.composite
def _earlier_copy(draw: st.DrawFn, span: RefSpan) -> RefSpan:
    """An earlier copy of a span: everything but the ids may differ, even the hour."""
    kind = draw(st.sampled_from(KINDS))
    other = draw(_annotated(draw(_measured(replace(span, kind=kind)))))
    end = span.end_ns - 1
    start = min(end, span.start_ns - draw(st.sampled_from((0, 1, HOUR_NS))))
    return replace(other, start_ns=start, end_ns=end)


@st.composite
def deliveries(draw: st.DrawFn, spans: Sequence[RefSpan]) -> list[list[RefSpan]]:
    """The spans as request bodies: in any order, some repeated, split anywhere."""
    arrivals = list(draw(st.permutations(spans)))
    for again in draw(st.lists(st.sampled_from(spans), max_size=4)):
        arrivals.insert(draw(st.integers(0, len(arrivals))), again)
    return draw(_bodies(arrivals))


@st.composite
def _bodies(draw: st.DrawFn, arrivals: Sequence[RefSpan]) -> list[list[RefSpan]]:
    cuts = draw(st.sets(st.integers(1, len(arrivals)), max_size=4)) | {0, len(arrivals)}
    return [list(arrivals[start:end]) for start, end in pairwise(sorted(cuts))]


def delivered() -> st.SearchStrategy[list[list[RefSpan]]]:
    """Conversations as request bodies; sessions do not depend on the order."""
    return conversations().flatmap(deliveries)


@st.composite
def delivered_with_equal_ends(draw: st.DrawFn) -> list[list[RefSpan]]:
    """One trace with copies of spans that have equal ends: the last to arrive wins."""
    spans = draw(traces())
    changed = draw(st.lists(st.sampled_from(spans), min_size=1, max_size=4))
    copies = [
        replace(draw(_annotated(draw(_measured(s)))), start_ns=s.start_ns, end_ns=s.end_ns)
        for s in changed
    ]
    return draw(_bodies(draw(st.permutations([*spans, *copies]))))


def with_own_ids(spans: Iterable[RefSpan], own: str) -> list[RefSpan]:
    """The same spans with ids made unique by `own` (16 hex digits)."""
    return [
        replace(
            span,
            trace_id=own + span.trace_id.zfill(16),
            span_id=span.span_id.zfill(16),
            parent_id=span.parent_id and span.parent_id.zfill(16),
            session_id=span.session_id and f"{own}/{span.session_id}",
        )
        for span in spans
    ]


def export_request(spans: Iterable[RefSpan]) -> bytes:
    """The spans as an OTLP protobuf request, in order."""
    request = ExportTraceServiceRequest()
    resource_spans = request.resource_spans.add()
    for scope, group in groupby(spans, lambda span: span.scope):
        entry = ScopeSpans(spans=[_otlp_span(span) for span in group])
        entry.scope.name = scope
        resource_spans.scope_spans.append(entry)
    return request.SerializeToString()


def _otlp_span(span: RefSpan) -> Span:
    # A span without a duration may end before its start (clock drift) or still be open.
    no_time = (span.end_ns, span.end_ns - 1, 0)[span.start_ns // MILLISECOND_NS % 3]
    return Span(
        trace_id=bytes.fromhex(span.trace_id),
        span_id=bytes.fromhex(span.span_id),
        parent_span_id=bytes.fromhex(span.parent_id),
        name=span.name,
        start_time_unix_nano=span.start_ns,
        end_time_unix_nano=no_time if span.end_ns == span.start_ns else span.end_ns,
        status=Status(code=Status.STATUS_CODE_ERROR if span.is_error else Status.STATUS_CODE_UNSET),
        attributes=[
            KeyValue(key=key, value=any_value(value)) for key, value in _attributes(span).items()
        ],
    )


def _attributes(span: RefSpan) -> Mapping[str, Value]:
    answered_as_asked = span.response_model == span.request_model
    texts = {
        "sessionary.kind": span.kind,
        "session.id": span.session_id,
        "user.id": span.contact_id,
        "sessionary.project": span.project_id,
        "langfuse.trace.name": span.trace_name,
        "gen_ai.request.model": span.request_model,
        # Only if it differs from the requested model, as many libraries do.
        "gen_ai.response.model": "" if answered_as_asked else span.response_model,
        "gen_ai.response.id": span.response_id,
        "gen_ai.response.finish_reason": span.finish_reason,
        "gen_ai.provider.name": span.provider,
        "deployment.environment.name": span.environment,
        "langfuse.release": span.release,
    }
    attributes: dict[str, Value] = {key: text for key, text in texts.items() if text}
    if span.tags:
        attributes["tag.tags"] = span.tags
    attributes.update(_usage_attributes(span))
    return attributes


def _usage_attributes(span: RefSpan) -> Iterator[tuple[str, Value]]:
    if span.reports_usage:
        yield "gen_ai.usage.input_tokens", span.input_tokens
        yield "gen_ai.usage.output_tokens", span.output_tokens
        yield "gen_ai.usage.cache_read.input_tokens", span.cached_tokens
        yield "gen_ai.usage.cache_write.input_tokens", span.cache_write_tokens
        yield "gen_ai.usage.reasoning.output_tokens", span.reasoning_tokens
    if span.cost_source == "client":
        yield "gen_ai.usage.input_cost", float(span.input_cost)
        yield "gen_ai.usage.output_cost", float(span.output_cost)
        yield "gen_ai.usage.cost", float(span.total_cost)


def any_value(value: Value | AnyValue) -> AnyValue:
    """The value as an OTLP AnyValue."""
    match value:
        case AnyValue():
            return value
        case str():
            return AnyValue(string_value=value)
        case int():
            return AnyValue(int_value=value)
        case float():
            return AnyValue(double_value=value)
        case _:
            return AnyValue(
                array_value=ArrayValue(values=[AnyValue(string_value=item) for item in value])
            )
