"""How a session began and ended, in a few words, for the sessions of a page.

Read from their first and last traces when asked for: to keep it beside the figures, every roll-up
would have to read the text of the spans.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sessionary.conversation.transcript import Transcript
from sessionary.conversation.turns import turns_of
from sessionary.model.message import ASSISTANT, TEXT, USER
from sessionary.model.turn import Turn
from sessionary.store.database import Database
from sessionary.store.span_texts import PART_SPANS, SpokenTrace, outer_traces, parts_of, read_spans

MOST_CHARACTERS = 500
# Of each session so many of the first and of the last traces: one may say nothing.
_TRACES = 2


@dataclass(frozen=True, slots=True)
class Preview:
    """The first words of a user and the last of a model; empty where there are none."""

    first_input: str = ""
    last_output: str = ""


def preview_sessions(
    database: Database, workspace_id: str, sessions: Sequence[str], *, project_id: str = ""
) -> dict[str, Preview]:
    """The previews of sessions, by external id; of what the project said where one is named."""
    found = outer_traces(database, workspace_id, sessions, limit=_TRACES, project_id=project_id)
    short = [t for traces in found.values() for t in traces if t.spans_count <= PART_SPANS]
    turns = _turns(database, workspace_id, short)
    for trace in (t for traces in found.values() for t in traces if t.spans_count > PART_SPANS):
        parts = parts_of(database, workspace_id, trace)
        # The ends of a long trace have the first and the last words.
        for part in (parts[0], parts[-1]):
            turns.setdefault(trace.trace_id, []).extend(
                _turns(database, workspace_id, [part])[trace.trace_id]
            )
    return {
        session: _preview([turn for trace in traces for turn in turns[trace.trace_id]])
        for session, traces in found.items()
    }


def _turns(
    database: Database, workspace_id: str, traces: Sequence[SpokenTrace]
) -> dict[str, list[Turn]]:
    spans = read_spans(database, workspace_id, traces)
    return {
        trace.trace_id: turns_of(spans.get(trace.trace_id, []), trace.call_span_ids, Transcript())
        for trace in traces
    }


def _preview(turns: Sequence[Turn]) -> Preview:
    return Preview(_words(turns, USER), _words(reversed(turns), ASSISTANT))


def _words(turns: Iterable[Turn], role: str) -> str:
    texts = (
        "\n".join(part.text.strip() for part in turn.parts if part.type == TEXT)
        for turn in turns
        if turn.role == role
    )
    return next((text for text in texts if text), "")[:MOST_CHARACTERS]
