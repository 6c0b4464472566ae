"""Trace requests, made before anything is timed.

`llm_load` is the load that the peers were measured with: sessions of 3 to 8 traces of about 4
spans (an agent, a retriever, one or two model calls, at times a tool), 2.7 KB a span, with
OpenInference's and OpenTelemetry's attributes, in the order of time over a week.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from benchmarks.words import sentences, text

REQUEST_SPANS = 512
_MS = 1_000_000
_SECOND = 1_000_000_000
_WEEK = 7 * 24 * 3600 * _SECOND
_MODELS = {
    "gpt-4o": ("openai", 30),
    "gpt-4o-mini": ("openai", 35),
    "claude-3-5-sonnet-20241022": ("anthropic", 20),
    "gemini-2.0-flash": ("google", 10),
    "gpt-4.1": ("openai", 5),
}
_TAGS = ("prod", "beta", "web", "mobile", "vip", "trial", "support", "sales")
_RESOURCE = {
    "service.name": "load-agent",
    "service.version": "1.4.2",
    "deployment.environment.name": "production",
    "telemetry.sdk.language": "python",
    "telemetry.sdk.name": "opentelemetry",
}

Value = str | int | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """Request bodies, how many spans each has, and what is in all of them."""

    bodies: tuple[bytes, ...]
    counts: tuple[int, ...]
    sessions: int

    @property
    def spans(self) -> int:
        """The spans of all bodies."""
        return sum(self.counts)

    @property
    def size_bytes(self) -> int:
        """The length of all bodies."""
        return sum(map(len, self.bodies))


def compressed(load: Load) -> Load:
    """The same load, gzipped as exporters do."""
    return replace(load, bodies=tuple(gzip.compress(body, 1) for body in load.bodies))


def llm_load(spans: int, *, seed: str, now_ns: int) -> Load:
    """Whole sessions of at least `spans` spans, all ended before `now_ns`."""
    rng = Random(f"pool:{seed}")
    pool = sentences(rng)
    traces: list[tuple[int, list[Span]]] = []
    made = sessions = 0
    while made < spans:
        for start_ns, trace in _session(f"{seed}-{sessions}", pool, now_ns):
            traces.append((start_ns, trace))
            made += len(trace)
        sessions += 1
    traces.sort(key=lambda item: item[0])
    return _load((span for _, trace in traces for span in trace), REQUEST_SPANS, sessions)


def small_load(sessions: int, *, seed: str, now_ns: int) -> Load:
    """Sessions of one trace of two short spans, to fill a store with many sessions."""
    rng = Random(f"small:{seed}")
    spans: list[Span] = []
    for number in range(sessions):
        start_ns = now_ns - 60 * _SECOND - int((sessions - number) / sessions * _WEEK)
        context = _Context(rng, f"{seed}-{number}", start_ns)
        root = context.span("turn", None, start_ns, 900, "CHAIN")
        call = context.span("chat", root, start_ns + 5 * _MS, rng.randint(100, 800), "LLM")
        _set(call, _usage(rng, _model(rng)))
        spans += [call, root]
    return _load(spans, 4 * REQUEST_SPANS, sessions)


class _Context:
    """One trace, and what all its spans say."""

    def __init__(self, rng: Random, session: str, start_ns: int) -> None:
        self._rng = rng
        self._trace_id = rng.randbytes(16)
        person = Random(session)
        self._attributes: dict[str, Value] = {
            "session.id": f"session-{session}",
            "gen_ai.conversation.id": f"session-{session}",
            "user.id": f"user-{person.randrange(5000):04d}",
            "tag.tags": tuple(sorted(person.sample(_TAGS, person.randint(1, 3)))),
        }

    def span(self, name: str, parent: Span | None, start_ns: int, ms: int, kind: str) -> Span:
        span = Span(
            trace_id=self._trace_id,
            span_id=self._rng.randbytes(8),
            parent_span_id=parent.span_id if parent is not None else b"",
            name=name,
            kind=Span.SPAN_KIND_CLIENT if kind == "LLM" else Span.SPAN_KIND_INTERNAL,
            start_time_unix_nano=start_ns,
            end_time_unix_nano=start_ns + ms * _MS,
        )
        _set(span, {"openinference.span.kind": kind} | self._attributes)
        return span


def _session(seed: str, pool: list[str], now_ns: int) -> Iterator[tuple[int, list[Span]]]:
    """The traces of one session, with their starts."""
    rng = Random(seed)
    start_ns = now_ns - 3600 * _SECOND - int(rng.random() * _WEEK)
    for turn in range(rng.randint(3, 8)):
        yield start_ns, _trace(rng, pool, _Context(rng, seed, start_ns), turn, start_ns)
        start_ns += int((8 + rng.random() * 110) * _SECOND)


def _trace(rng: Random, pool: list[str], context: _Context, turn: int, at: int) -> list[Span]:
    """An agent's run: its spans in the order in which they end."""
    model = _model(rng)
    question, answer = text(rng, pool, 80, 300), text(rng, pool, 700, 1500)
    root = context.span("agent.run", None, at, 0, "AGENT")
    _set(root, _agent(turn, question, answer))
    ms = rng.randint(5, 80)
    retriever = context.span("retrieve_documents", root, at + 5 * _MS, ms, "RETRIEVER")
    _set(retriever, _documents(rng, pool, question))
    spans = [retriever]
    at = retriever.end_time_unix_nano
    calls = 2 if rng.random() < 0.4 else 1
    for number in range(calls):
        is_last = number == calls - 1
        call = context.span("ChatCompletion", root, at, rng.randint(300, 4000), "LLM")
        said = answer if is_last else text(rng, pool, 100, 400)
        _set(call, _usage(rng, model) | _messages(rng, pool, model, turn, question, said))
        call.status.code = Status.STATUS_CODE_OK
        spans.append(call)
        at = call.end_time_unix_nano
        if number == 0 and rng.random() < 0.6:
            spans.append(context.span("lookup_order", root, at, rng.randint(10, 600), "TOOL"))
            _set(spans[-1], _tool(rng, pool))
            at = spans[-1].end_time_unix_nano
        if is_last and rng.random() < 0.02:
            _fail(call)
    root.end_time_unix_nano = at + 10 * _MS
    return [*spans, root]


def _agent(turn: int, question: str, answer: str) -> dict[str, Value]:
    return {
        "input.value": question,
        "input.mime_type": "text/plain",
        "output.value": answer,
        "output.mime_type": "text/plain",
        "metadata": json.dumps({"turn": turn}),
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": "support-agent",
    }


def _documents(rng: Random, pool: list[str], question: str) -> dict[str, Value]:
    attributes: dict[str, Value] = {"input.value": question, "input.mime_type": "text/plain"}
    for place in range(2):
        document = f"retrieval.documents.{place}.document"
        attributes[f"{document}.id"] = f"doc-{rng.randrange(10000)}"
        attributes[f"{document}.content"] = text(rng, pool, 300, 700)
        attributes[f"{document}.score"] = round(rng.random(), 4)
    return attributes


def _tool(rng: Random, pool: list[str]) -> dict[str, Value]:
    return {
        "tool.name": "lookup_order",
        "input.value": json.dumps({"order_id": rng.randrange(10**6)}),
        "input.mime_type": "application/json",
        "output.value": json.dumps({"status": "shipped", "note": text(rng, pool, 60, 200)}),
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "lookup_order",
    }


def _model(rng: Random) -> str:
    return rng.choices(list(_MODELS), [weight for _, weight in _MODELS.values()])[0]


def _usage(rng: Random, model: str) -> dict[str, Value]:
    prompt, completion = rng.randint(200, 4000), rng.randint(20, 900)
    provider, _ = _MODELS[model]
    attributes: dict[str, Value] = {
        "llm.model_name": model,
        "llm.provider": provider,
        "llm.token_count.prompt": prompt,
        "llm.token_count.completion": completion,
        "llm.token_count.total": prompt + completion,
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": provider,
        "gen_ai.request.model": model,
        "gen_ai.response.model": model,
        "gen_ai.response.id": f"resp-{rng.getrandbits(48):012x}",
        "gen_ai.usage.input_tokens": prompt,
        "gen_ai.usage.output_tokens": completion,
    }
    if rng.random() < 0.3:
        attributes["llm.token_count.prompt_details.cache_read"] = prompt // 2
        attributes["gen_ai.usage.cache_read.input_tokens"] = prompt // 2
    return attributes


def _messages(
    rng: Random, pool: list[str], model: str, turn: int, question: str, said: str
) -> dict[str, Value]:
    system = "You are a helpful support agent. " + pool[0][:150]
    messages = [("system", system)]
    if turn:
        messages += [("user", rng.choice(pool)[:200]), ("assistant", rng.choice(pool)[:300])]
    messages.append(("user", question))
    sent = [{"role": role, "content": content} for role, content in messages]
    answer = {"message": {"role": "assistant", "content": said}}
    attributes: dict[str, Value] = {
        "llm.system": _MODELS[model][0],
        "llm.invocation_parameters": '{"temperature": 0.2, "max_tokens": 1024}',
        "input.value": json.dumps({"model": model, "messages": sent}),
        "input.mime_type": "application/json",
        "output.value": json.dumps({"choices": [answer]}),
        "output.mime_type": "application/json",
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.content": said,
        "gen_ai.system": _MODELS[model][0],
        "gen_ai.response.finish_reasons": ("stop",),
        "gen_ai.request.temperature": 0.2,
    }
    for place, (role, content) in enumerate(messages):
        attributes[f"llm.input_messages.{place}.message.role"] = role
        attributes[f"llm.input_messages.{place}.message.content"] = content
    return attributes


def _fail(call: Span) -> None:
    call.status.code = Status.STATUS_CODE_ERROR
    call.status.message = "RateLimitError: 429"
    event = call.events.add(name="exception", time_unix_nano=call.end_time_unix_nano)
    event.attributes.add(key="exception.type").value.string_value = "RateLimitError"
    event.attributes.add(key="exception.message").value.string_value = "429 too many requests"


def _set(span: Span, attributes: dict[str, Value]) -> None:
    for key, content in attributes.items():
        value = span.attributes.add(key=key).value
        if isinstance(content, str):
            value.string_value = content
        elif isinstance(content, int):
            value.int_value = content
        elif isinstance(content, float):
            value.double_value = content
        else:
            for item in content:
                value.array_value.values.add(string_value=item)


def _load(spans: Iterable[Span], request_spans: int, sessions: int) -> Load:
    bodies, counts = [], []
    waiting: list[Span] = []
    for span in spans:
        waiting.append(span)
        if len(waiting) == request_spans:
            bodies.append(_body(waiting))
            counts.append(len(waiting))
            waiting = []
    if waiting:
        bodies.append(_body(waiting))
        counts.append(len(waiting))
    return Load(tuple(bodies), tuple(counts), sessions)


def _body(spans: list[Span]) -> bytes:
    request = ExportTraceServiceRequest()
    part = request.resource_spans.add()
    for key, content in _RESOURCE.items():
        part.resource.attributes.add(key=key).value.string_value = content
    scope = part.scope_spans.add()
    scope.scope.name, scope.scope.version = "benchmarks", "1"
    scope.spans.extend(spans)
    return request.SerializeToString()
