"""How a session began and ended, in a few words, for the sessions of a page.

Read from their first and last traces on request: to store them with the figures, every roll-up
would have to read the text of the spans.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sessionary.conversation.transcript import Transcript
from sessionary.conversation.turns import turns_of
from sessionary.model.message import ASSISTANT, TEXT, USER
from sessionary.model.turn import Turn
from sessionary.store.clickhouse.pool import Database
from sessionary.store.messages.span_messages import (
    ConversationTrace,
    first_and_last_traces,
    parts_of,
    read_first,
)

MAX_CHARACTERS = 500
# Traces to read from each end of a session: one alone may have no messages.
_TRACES = 2


@dataclass(frozen=True, slots=True)
class Preview:
    """The first words of a user and the last of a model; empty where there are none."""

    first_input: str = ""
    last_output: str = ""


def preview_sessions(
    database: Database, workspace_id: str, sessions: Sequence[str], *, project_id: str = ""
) -> dict[str, Preview]:
    """The previews of sessions by external id; with a project, of its messages only."""
    found = first_and_last_traces(
        database, workspace_id, sessions, limit=_TRACES, project_id=project_id
    )
    traces = sorted((t for some in found.values() for t in some), key=lambda t: t.started_ns)
    previews = dict[str, Preview]()
    # In order of start, so that what is read at once is stored close together.
    waiting = [part for t in traces for part in _ends(database, workspace_id, t)]
    most = len(waiting)
    while waiting:
        chosen, spans = read_first(database, workspace_id, waiting, most=most)
        # Where fewer fit in memory, about as many will the next time.
        most = 2 * len(chosen)
        for part in chosen:
            turns = turns_of(spans.get(part.trace_id, []), part.call_span_ids, Transcript())
            before = previews.get(part.trace_id, Preview())
            previews[part.trace_id] = _joined([before, _preview(turns)])
    return {
        session: _joined([previews[trace.trace_id] for trace in traces])
        for session, traces in found.items()
    }


def _joined(previews: Sequence[Preview]) -> Preview:
    """The first input and the last output of them all, in their order."""
    return Preview(
        next((one.first_input for one in previews if one.first_input), ""),
        next((one.last_output for one in reversed(previews) if one.last_output), ""),
    )


def _ends(
    database: Database, workspace_id: str, trace: ConversationTrace
) -> list[ConversationTrace]:
    """The first and the last part of a long trace, which have its first and its last words."""
    parts = parts_of(database, workspace_id, trace)
    return parts[:1] + parts[1:][-1:]


def _preview(turns: Sequence[Turn]) -> Preview:
    return Preview(_words(turns, USER), _words(reversed(turns), ASSISTANT))


def _words(turns: Iterable[Turn], role: str) -> str:
    texts = (
        "\n".join(part.text.strip() for part in turn.parts if part.type == TEXT)
        for turn in turns
        if turn.role == role
    )
    return next((text for text in texts if text), "")[:MAX_CHARACTERS]
