"""A few days of made-up traces, and the expected API values of each.

`VALUES` computes every field of a trace in the units of the API; `SPAN_VALUES` every field
of a span.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sessionary.model.span_kind import AGENT, EMBEDDING, LLM, TOOL
from tests.support.generators import HOUR_NS, MILLISECOND_NS, START_NS
from tests.support.reference import RefSpan, RefTrace, roll_up, tool_calls, usage, usage_by_model

TRACES = 150
HOSTILE = ('it\'s \\ "quoted"', "{text:String} %s ${x}", "tab\there 😀", "100% _ ? * [a]")
WINDOW = {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
_MODELS = ("", "made-up-a", "made-up-b", "Made-Up-C")
_COSTS = ("0", "0.000001", "0.25", "1.999999")
Value = str | bool | int | Decimal | list[str]


def spans_of_the_world() -> list[RefSpan]:
    """Every span to send, in order; earlier copies of some must not be visible."""
    chance = random.Random(20_260_105)
    spans = [span for number in range(TRACES) for span in _trace(chance, number)]
    wrong = [_wrong_copy(span) for span in spans[::7]]
    return [*wrong, *spans]


def traces_of(spans: list[RefSpan]) -> list[RefTrace]:
    """The expected traces."""
    traces, _ = roll_up(spans)
    return traces


def _trace(chance: random.Random, number: int) -> list[RefSpan]:
    start = START_NS + chance.choice((0, 1, 1, 20, 30 * 24)) * HOUR_NS // 4
    trace_id = f"{chance.getrandbits(128):032x}"
    root = RefSpan(
        trace_id,
        f"{1:016x}",
        name=chance.choice(("chat", "Chat again", "answer", *HOSTILE)),
        start_ns=start,
        end_ns=start + chance.choice((1, 1, 7, 700)) * MILLISECOND_NS + chance.choice((1, 1, 250)),
        kind=AGENT,
        scope="app",
        session_id=chance.choice(("", "session-1", "Session-2", f"s{number}", *HOSTILE)),
        contact_id=chance.choice(("", "ada", "Bob", "Zoë")),
        project_id=chance.choice(("", "p1", "p2")),
        tags=chance.choice(((), ("beta",), ("beta", "web"), (HOSTILE[0],))),
        release=chance.choice(("", "1.0", "1.1")),
    )
    return [root, *(_child(chance, root, number) for number in range(2, chance.randint(2, 6)))]


def _child(chance: random.Random, root: RefSpan, number: int) -> RefSpan:
    start = root.start_ns + chance.randint(0, 3) * MILLISECOND_NS
    span = replace(
        RefSpan(root.trace_id, f"{number:016x}", root.span_id),
        name=chance.choice(("call", "look up", HOSTILE[1])),
        start_ns=start,
        end_ns=start + chance.choice((1, 5)) * MILLISECOND_NS,
        kind=chance.choice((LLM, LLM, EMBEDDING, TOOL)),
        scope=chance.choice(("library.a", "library.b")),
        is_error=chance.random() < 0.15,
        environment=chance.choice(("", "live", "test")),
    )
    return _call(chance, span) if span.is_call else span


def _call(chance: random.Random, span: RefSpan) -> RefSpan:
    model = chance.choice(_MODELS)
    into, out = chance.choice((0, 10, 1000)), chance.choice((1, 30))
    span = replace(
        span,
        request_model=model,
        response_model=model,
        # Unique, so that no two spans seem to report the same call.
        response_id=span.span_id,
        provider=chance.choice(("", "openai", "made-up")),
        finish_reason=chance.choice(("", "stop", "length")),
        input_tokens=into,
        output_tokens=out,
        cached_tokens=into // 2,
        cache_write_tokens=into // 4,
        reasoning_tokens=out // 2,
        reports_usage=True,
    )
    if chance.random() < 0.3:
        return span
    costs = [Decimal(chance.choice(_COSTS)) for _ in range(2)]
    return replace(
        span,
        input_cost=costs[0],
        output_cost=costs[1],
        total_cost=sum(costs, Decimal(0)),
        cost_source="client",
    )


def _wrong_copy(span: RefSpan) -> RefSpan:
    """An earlier copy of the span; it may start in another hour."""
    start = span.start_ns - (HOUR_NS if int(span.span_id, 16) % 2 else 0)
    return replace(span, name="not yet", start_ns=start, end_ns=span.end_ns - 1, is_error=True)


def _ms(ns: int) -> Decimal:
    return Decimal(ns) / MILLISECOND_NS


def _instant(ns: int) -> str:
    seconds, rest = divmod(ns, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest:09d}Z"


def _status(spans: "tuple[RefSpan, ...]") -> str:
    return "error" if any(span.is_error for span in spans) else "ok"


def _distinct(values: "list[str]") -> list[str]:
    return sorted(set(values) - {""})


VALUES: dict[str, Callable[[RefTrace], Value]] = {
    "trace_id": lambda t: t.trace_id,
    "session_id": lambda t: t.session_id,
    "project_id": lambda t: t.project_id,
    "identity_id": lambda t: t.contact_id,
    "name": lambda t: t.name,
    "status": lambda t: _status(t.spans),
    "kind": lambda t: "conversation" if t.calls else "",
    "client": lambda _: "",
    "repo": lambda _: "",
    "is_from_logs": lambda _: False,
    "tags": lambda t: list(t.tags),
    "models": lambda t: sorted({call.response_model for call in t.calls}),
    "providers": lambda t: _distinct([call.provider for call in t.calls]),
    "environments": lambda t: _distinct([span.environment for span in t.spans]),
    "releases": lambda t: _distinct([span.release for span in t.spans]),
    "started_at": lambda t: _instant(t.start_ns),
    "ended_at": lambda t: _instant(t.end_ns),
    "duration_ms": lambda t: _ms(t.end_ns - t.start_ns),
    "cost_total": lambda t: usage(t.calls).total_cost,
    "cost_input": lambda t: usage(t.calls).input_cost,
    "cost_output": lambda t: usage(t.calls).output_cost,
    "prompt_tokens": lambda t: usage(t.calls).prompt_tokens,
    "completion_tokens": lambda t: usage(t.calls).completion_tokens,
    "total_tokens": lambda t: usage(t.calls).prompt_tokens + usage(t.calls).completion_tokens,
    "cached_tokens": lambda t: usage(t.calls).cached_tokens,
    "cache_write_tokens": lambda t: usage(t.calls).cache_write_tokens,
    "reasoning_tokens": lambda t: usage(t.calls).reasoning_tokens,
    "model_calls_count": lambda t: len(t.calls),
    "failed_calls_count": lambda t: usage(t.calls).failed_calls,
    "unpriced_calls_count": lambda t: usage(t.calls).unpriced_calls,
    "tool_calls_count": lambda t: tool_calls(t.spans),
    "spans_count": lambda t: len(t.spans),
    "errors_count": lambda t: t.errors_count,
    "minute": lambda t: f"{_instant(t.start_ns)[:16]}:00Z",
    "hour": lambda t: f"{_instant(t.start_ns)[:13]}:00:00Z",
    "day": lambda t: f"{_instant(t.start_ns)[:10]}T00:00:00Z",
    "month": lambda t: f"{_instant(t.start_ns)[:7]}-01T00:00:00Z",
}
SPAN_VALUES: dict[str, Callable[[RefSpan], Value]] = {
    "span_id": lambda s: s.span_id,
    "span_name": lambda s: s.name,
    "span_kind": lambda s: s.kind,
    "span_status": lambda s: _status((s,)),
    "span_error": lambda _: "",
    "span_scope": lambda s: s.scope,
    "request_model": lambda s: s.request_model,
    "finish_reason": lambda s: s.finish_reason,
    "span_duration_ms": lambda s: _ms(s.end_ns - s.start_ns),
    "span_cost": lambda s: s.total_cost,
    "attributes.sessionary.kind": lambda s: s.kind,
    "attributes.gen_ai.provider.name": lambda s: s.provider,
}
# The share of a model in a trace.
MODEL_VALUES: dict[str, Callable[[RefTrace, str], int | Decimal]] = {
    "cost_total": lambda t, model: usage_by_model(t.calls)[model].total_cost,
    "prompt_tokens": lambda t, model: usage_by_model(t.calls)[model].prompt_tokens,
    "completion_tokens": lambda t, model: usage_by_model(t.calls)[model].completion_tokens,
    "total_tokens": lambda t, model: (
        usage_by_model(t.calls)[model].prompt_tokens
        + usage_by_model(t.calls)[model].completion_tokens
    ),
    "model_calls_count": lambda t, model: usage_by_model(t.calls)[model].calls,
    "failed_calls_count": lambda t, model: usage_by_model(t.calls)[model].failed_calls,
}
_NOT = {"neq": "eq", "not_in": "in", "not_contains": "contains", "not_exists": "exists"}


def holds(operator: str, actual: Value, texts: list[str]) -> bool:
    """Whether the value, or any of several values, matches."""
    if operator in _NOT:
        return not holds(_NOT[operator], actual, texts)
    if isinstance(actual, list):
        return any(holds(operator, item, texts) for item in actual)
    if isinstance(actual, bool):
        return actual == (texts[0] == "true")
    read: Callable[[str], Any] = str if isinstance(actual, str) else Decimal
    return _TESTS[operator](actual, [read(text) for text in texts])


def any_span_holds(operator: str, actual: list[Value], texts: list[str]) -> bool:
    """Whether any span matches; `is not` is the negation of `is`."""
    if operator in _NOT:
        return not any_span_holds(_NOT[operator], actual, texts)
    return any(holds(operator, item, texts) for item in actual)


_TESTS: dict[str, Callable[[Any, list[Any]], bool]] = {
    "eq": lambda actual, values: actual == values[0],
    "in": lambda actual, values: actual in values,
    "gt": lambda actual, values: actual > values[0],
    "gte": lambda actual, values: actual >= values[0],
    "lt": lambda actual, values: actual < values[0],
    "lte": lambda actual, values: actual <= values[0],
    "between": lambda actual, values: values[0] <= actual <= values[1],
    "contains": lambda actual, values: values[0].lower() in actual.lower(),
    "starts_with": lambda actual, values: actual.lower().startswith(values[0].lower()),
    "exists": lambda actual, _: actual != "",
}
