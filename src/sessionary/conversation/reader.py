"""The conversation of a session, page by page, and that of one trace."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sessionary.conversation.formats import messages_said_by
from sessionary.conversation.span_messages import SpanMessages
from sessionary.conversation.speaking_spans import SpeakingSpan, speaking_spans
from sessionary.conversation.tool_spans import tool_parts
from sessionary.conversation.transcript import COMPARED_TRACES, Transcript
from sessionary.conversation.turns import turns_of
from sessionary.errors import Fault, InvalidRequestError, NotFoundError
from sessionary.model import span_kind as kind
from sessionary.model.message import ASSISTANT, TOOL, Message
from sessionary.model.pagination import Page
from sessionary.model.span import Span
from sessionary.model.span_text import SpanText
from sessionary.model.turn import Turn
from sessionary.store.clickhouse.pool import Database
from sessionary.store.messages.span_messages import (
    PART_SPANS,
    ConversationTrace,
    find_trace,
    part_with,
    parts_of,
    preceding_traces,
    read_first,
    read_spans,
    session_traces,
)

# Traces to read at once: a session may have thousands, and a page shows a few.
_TRACES = 20


@dataclass(frozen=True, slots=True)
class TraceConversation:
    """All that the chosen call saw and answered; `span_id` is empty where there is none."""

    trace_id: str
    span_id: str = ""
    said: SpanMessages = field(default_factory=SpanMessages)


def session_conversation(
    database: Database, workspace_id: str, session: str, *, limit: int, last_id: str = ""
) -> Page[Turn]:
    """The turns of a session, by its external id, after the turn `last_id`.

    Costs what the traces of the page cost, however long the session, and a long trace.

    Raises:
        InvalidRequestError: `last_id` is no turn of the session.
    """
    reader = _Reader(database, workspace_id, session)
    turns: list[Turn] = []
    if last_id:
        trace_id, _, rest = last_id.partition("-")
        reader.go_to(trace_id, rest.rpartition("-")[0])
        turns = _after(reader.next_turns(), last_id)
    while len(turns) <= limit and reader.has_more:
        turns += reader.next_turns()
    return Page(turns[:limit], len(turns) > limit)


class _Reader:
    """Walks through the traces of a session in order of start, through long ones part by part."""

    def __init__(self, database: Database, workspace_id: str, session: str) -> None:
        self._database = database
        self._scope = (workspace_id, session)
        self._transcript = Transcript()
        self._last = ""
        self._has_more_traces = True
        self._waiting: list[ConversationTrace] = []

    @property
    def has_more(self) -> bool:
        """Whether there is something left to read."""
        return bool(self._waiting or self._has_more_traces)

    def go_to(self, trace_id: str, span_id: str) -> None:
        """Go on with the part that has this span, knowing what the ones before it showed."""
        before = preceding_traces(
            self._database, *self._scope, before=trace_id, limit=COMPARED_TRACES
        )
        self._find_traces(trace_id, with_it=True)
        passed = [part for trace in before for part in self._parts(trace)]
        if self._waiting and self._waiting[0].trace_id == trace_id:
            parts = self._parts(self._waiting.pop(0))
            number = part_with(self._database, self._scope[0], parts, span_id)
            passed += parts[:number]
            self._waiting[:0] = parts[number:]
        compared = passed[-COMPARED_TRACES:]
        while compared:
            self._next_turns(compared)

    def next_turns(self) -> list[Turn]:
        """The turns of the next traces, or of the next part of a long one."""
        if not self._waiting:
            self._find_traces(self._last)
        if not self._waiting:
            return []
        if self._waiting[0].spans_count > PART_SPANS:
            self._waiting[:1] = self._parts(self._waiting[0])
        return self._next_turns(self._waiting)

    def _find_traces(self, after: str, *, with_it: bool = False) -> None:
        traces = session_traces(
            self._database, *self._scope, after=after, with_it=with_it, limit=_TRACES
        )
        self._has_more_traces = len(traces) == _TRACES
        self._last = traces[-1].trace_id if traces else self._last
        self._waiting += traces

    def _parts(self, trace: ConversationTrace) -> list[ConversationTrace]:
        return parts_of(self._database, self._scope[0], trace)

    def _next_turns(self, waiting: list[ConversationTrace]) -> list[Turn]:
        chosen, spans = read_first(self._database, self._scope[0], waiting)
        return [
            turn
            for trace in chosen
            for turn in turns_of(
                spans.get(trace.trace_id, []), trace.call_span_ids, self._transcript
            )
        ]


def _after(turns: list[Turn], last_id: str) -> list[Turn]:
    place = next((n for n, turn in enumerate(turns, start=1) if turn.id == last_id), 0)
    if not place:
        message = f"{last_id!r} is not the id of a turn of this session"
        raise InvalidRequestError(message, (Fault("lastId", message),))
    return turns[place:]


def trace_conversation(
    database: Database, workspace_id: str, trace_id: str, *, span_id: str = ""
) -> TraceConversation:
    """What the span `span_id` says, else the trace's last model call: it saw all before it.

    Raises:
        NotFoundError: there is no such trace, or no such span in it.
    """
    trace = find_trace(database, workspace_id, trace_id)
    if trace is None:
        raise NotFoundError(f"there is no trace {trace_id!r}")
    parts = parts_of(database, workspace_id, trace)
    if span_id:
        part = parts[part_with(database, workspace_id, parts, span_id)]
        read = read_spans(database, workspace_id, [part]).get(trace_id, [])
        spans = [span for span in read if span.span_id == span_id]
        if not spans:
            raise NotFoundError(f"there is no span {span_id!r} in trace {trace_id!r}")
        chosen = _last(spans)
    else:
        chosen = _last_of_all(database, workspace_id, parts)
    if chosen is None:
        return TraceConversation(trace_id, span_id)
    return TraceConversation(trace_id, chosen.span.span_id, chosen.said)


def span_said(database: Database, workspace_id: str, trace_id: str, span: Span) -> SpanMessages:
    """What one span says; a tool's, as the call and its result.

    Costs what the spans cost that started in the same nanosecond.
    """
    where = ConversationTrace(trace_id, span.started_ns, span.started_ns, frozenset())
    found = read_spans(database, workspace_id, [where]).get(trace_id, [])
    text = next((one for one in found if one.span_id == span.span_id), None)
    if text is None:
        return SpanMessages()
    if text.kind != kind.TOOL:
        return messages_said_by(text)
    call, result = tool_parts(text)
    return SpanMessages(
        (Message(ASSISTANT, (call,)),) if call else (),
        (Message(TOOL, (result,)),) if result else (),
    )


def _last_of_all(
    database: Database, workspace_id: str, parts: Sequence[ConversationTrace]
) -> SpeakingSpan | None:
    """The last model call of a trace; what stands in for one only if no part has any."""
    stand_in: SpeakingSpan | None = None
    for part in reversed(parts):
        found = _last(read_spans(database, workspace_id, [part]).get(part.trace_id, []))
        if found is not None and found.is_call:
            return found
        stand_in = found or stand_in
    return stand_in


def _last(spans: Sequence[SpanText]) -> SpeakingSpan | None:
    return max(speaking_spans(spans), key=lambda voice: voice.span.started_ns, default=None)
