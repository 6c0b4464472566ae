"""Which spans of a trace speak, and which calls each of them speaks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sessionary.conversation.formats import messages_said_by
from sessionary.conversation.span_messages import SpanMessages
from sessionary.model import span_kind as kind
from sessionary.model.message import SYSTEM
from sessionary.model.span_text import SpanText

_CALLS = (kind.LLM, kind.IMAGE, kind.AUDIO)
# Who speaks where no model call does, the likelier first.
_STAND_INS = (kind.AGENT, kind.CHAIN, kind.SPAN, kind.PROMPT)


@dataclass(frozen=True, slots=True)
class SpeakingSpan:
    """A span that says something."""

    span: SpanText
    said: SpanMessages

    @property
    def is_call(self) -> bool:
        """It is a model call itself, and does not stand in for one."""
        return self.span.kind in _CALLS


def speaking_spans(spans: Sequence[SpanText]) -> list[SpeakingSpan]:
    """The model calls with text, in order of start; where there are none, one span around them."""
    calls = _speaking(span for span in spans if span.kind in _CALLS)
    return calls or _stand_in(spans)


def _speaking(spans: Iterable[SpanText]) -> list[SpeakingSpan]:
    found = (SpeakingSpan(span, messages_said_by(span)) for span in spans)
    return [voice for voice in found if _says_something(voice.said)]


def _says_something(said: SpanMessages) -> bool:
    """Instructions alone are no conversation."""
    return any(message.role != SYSTEM for message in (*said.inputs, *said.outputs))


def _stand_in(spans: Sequence[SpanText]) -> list[SpeakingSpan]:
    for name in _STAND_INS:
        for outermost in (True, False):
            found = _speaking(
                span
                for span in spans
                if span.kind == name and outermost == (not span.parent_span_id)
            )
            if found:
                return found[:1]
    return []


def owners(spans: Iterable[SpanText], speaking: Iterable[SpeakingSpan]) -> dict[str, str]:
    """Of every span the voice that speaks for it: itself, or the nearest around it that does."""
    parents = {span.span_id: span.parent_span_id for span in spans}
    found = {voice.span.span_id: voice.span.span_id for voice in speaking}
    for span_id in parents:
        passed = dict[str, None]()
        while span_id and span_id not in found and span_id not in passed:
            passed[span_id] = None
            span_id = parents.get(span_id, "")
        found.update(dict.fromkeys(passed, found.get(span_id, "")))
    return {span_id: owner for span_id, owner in found.items() if owner}
