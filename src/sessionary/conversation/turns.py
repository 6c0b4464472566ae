"""From the spans of a trace to its turns, in the order in which they were said."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from sessionary.conversation.speaking_spans import SpeakingSpan, owners, speaking_spans
from sessionary.conversation.tool_spans import tool_parts
from sessionary.conversation.transcript import Transcript
from sessionary.model import span_kind as kind
from sessionary.model.message import ASSISTANT, TOOL, TOOL_CALL, TOOL_RESULT, Message
from sessionary.model.span_text import SpanText
from sessionary.model.turn import Figures, Turn

_ERRORS = ("exception.message", "error.message", "error", "langfuse.observation.status_message")


def turns_of(
    spans: Sequence[SpanText], counted: Collection[str], transcript: Transcript
) -> list[Turn]:
    """The turns of one trace that `transcript` has not shown yet.

    `spans` are in order of start, `counted` the ids of the calls whose figures count.
    """
    transcript.next_trace()
    speaking = speaking_spans(spans)
    trace = _Trace(spans, counted, speaking)
    for voice in speaking:
        _add_messages(trace, voice, transcript)
    tools = [span for span in spans if span.kind == kind.TOOL]
    for message, span in _untold(tools, speaking):
        transcript.record(message)
        trace.add(message, span, at_ns=span.started_ns if message.role == ASSISTANT else 0)
    trace.add_errors()
    return trace.in_order()


def _add_messages(trace: "_Trace", voice: SpeakingSpan, transcript: Transcript) -> None:
    said = transcript.unseen(voice.said)
    span = voice.span
    for message in said.inputs:
        trace.add(message, span, at_ns=span.started_ns)
    for place, message in enumerate(said.outputs, start=1):
        is_last = place == len(said.outputs)
        trace.add(message, span, figures=trace.figures(span) if is_last else None)


def _untold(
    tools: Sequence[SpanText], speaking: Sequence[SpeakingSpan]
) -> list[tuple[Message, SpanText]]:
    """Tool calls and results that no message contains."""
    parts = [
        part
        for voice in speaking
        for message in (*voice.said.inputs, *voice.said.outputs)
        for part in message.parts
    ]
    calls = {name for p in parts if p.type == TOOL_CALL for name in (p.name, p.call_id)}
    tool_results = [p for p in parts if p.type == TOOL_RESULT]
    results = {name for p in tool_results for name in (p.content, p.call_id) if name}
    found: list[tuple[Message, SpanText]] = []
    for span in tools:
        call, result = tool_parts(span)
        if call and not {call.name, call.call_id} & calls:
            found.append((Message(ASSISTANT, (call,)), span))
        if result and not {result.content, result.call_id} & results:
            found.append((Message(TOOL, (result,)), span))
    return found


class _Trace:
    """The turns of a trace while they are being found."""

    def __init__(
        self, spans: Sequence[SpanText], counted: Collection[str], speaking: Sequence[SpeakingSpan]
    ) -> None:
        self._spans = spans
        self._calls = [span for span in spans if span.span_id in counted]
        self._speaking = speaking
        self._spoken_for = defaultdict[str, list[SpanText]](list)
        owner = owners(spans, speaking)
        for call in self._calls:
            self._spoken_for[owner.get(call.span_id, "")].append(call)
        self._turns: list[Turn] = []
        self._reported: Counter[str] = Counter()
        # By span, where its last answer stands among the turns.
        self._answers: dict[str, int] = {}

    def figures(self, voice: SpanText) -> Figures | None:
        """What the calls used that the span speaks for."""
        calls = self._spoken_for.get(voice.span_id)
        if not calls:
            return None
        return Figures(
            model=calls[0].model,
            input_tokens=sum(call.input_tokens for call in calls),
            output_tokens=sum(call.output_tokens for call in calls),
            total_cost=sum((call.total_cost for call in calls), Decimal(0)),
            unpriced_calls=sum(call.cost_source == "none" and not call.is_error for call in calls),
        )

    def add(
        self,
        message: Message,
        span: SpanText,
        *,
        at_ns: int = 0,
        figures: Figures | None = None,
        error: str | None = None,
    ) -> None:
        """A turn of the span: at `at_ns`, else over all of its time; failed if `error` is given."""
        at_ns = message.at_ns or at_ns
        if message.role == TOOL and span.kind == kind.TOOL and span.is_error:
            error = error_of(span)
        number = self._reported[span.span_id]
        self._reported[span.span_id] += 1
        turn = Turn(
            id=f"{span.trace_id}-{span.span_id}-{number}",
            trace_id=span.trace_id,
            span_id=span.span_id,
            role=message.role,
            parts=message.parts,
            started_ns=at_ns or span.started_ns,
            ended_ns=at_ns or span.ended_ns,
            figures=figures,
            is_error=error is not None,
            error=error or "",
        )
        if message.role == ASSISTANT:
            self._answers[span.span_id] = len(self._turns)
        self._turns.append(turn)

    def add_errors(self) -> None:
        """A turn for each failed call; where none failed, for what failed around them."""
        failed = [span for span in self._calls if span.is_error]
        failed = failed or [v.span for v in self._speaking if v.span.is_error]
        if not failed and not any(turn.is_error for turn in self._turns):
            failed = [s for s in self._spans if s.is_error and not s.parent_span_id][:1]
        for span in failed:
            self._fail(span)

    def _fail(self, span: SpanText) -> None:
        """Mark what the span answered as an error; a turn of its own where it said nothing."""
        place = self._answers.get(span.span_id)
        if place is not None:
            answer = self._turns[place]
            self._turns[place] = replace(answer, is_error=True, error=error_of(span))
            return
        figures = self.figures(span)
        self.add(Message(ASSISTANT, ()), span, figures=figures, error=error_of(span))

    def in_order(self) -> list[Turn]:
        """The turns, in the order in which they were said."""
        return sorted(self._turns, key=lambda turn: turn.ended_ns)


def error_of(span: SpanText) -> str:
    """Why the span failed, in its own words."""
    if span.status_message:
        return span.status_message
    sources = [event.attributes for event in span.events] + [span.attributes]
    found = (source.get(name) for name in _ERRORS for source in sources)
    return next((str(text) for text in found if text), "")
