"""What of a session was shown already: every call repeats the history, a reader sees it once.

Parts are compared by what they say, not by their place: libraries split and order messages in
different ways. A part is new where a call has it more often than the calls before had.
"""

import hashlib
from collections import Counter, deque
from collections.abc import Sequence
from functools import reduce
from operator import or_

from sessionary.conversation.span_messages import SpanMessages
from sessionary.model.message import USER, Message, Part

# How many traces back a trace's calls are compared with. Fixed, so that a page shows the same
# turns whatever the page before it showed.
COMPARED_TRACES = 4

_Counts = Counter[bytes]


class Transcript:
    """What the traces before showed; `next_trace` begins another, in order of start."""

    def __init__(self) -> None:
        self._before: deque[_Counts] = deque(maxlen=COMPARED_TRACES)
        self._known: _Counts = Counter()
        self._shown: _Counts = Counter()
        self._view: _Counts = Counter()

    def next_trace(self) -> None:
        """Begin a trace: what the one before showed is history now."""
        if self._view:
            self._before.append(self._view)
        self._known = reduce(or_, self._before, Counter())
        self._shown, self._view = Counter(), Counter()

    def unseen(self, said: SpanMessages) -> SpanMessages:
        """What of a call was not shown before."""
        counts: _Counts = Counter()
        inputs = self._unseen_inputs(said.inputs, counts)
        # A call without new input was reported by two libraries, or is a retry.
        outputs = self._answers(said.outputs, counts, is_duplicate=bool(said.inputs and not inputs))
        self._see(counts)
        return SpanMessages(inputs, outputs)

    def record(self, message: Message) -> None:
        """Count what was shown without a call's saying it: a tool's span."""
        self._see(Counter(_digest(message.role, part) for part in message.parts))

    def _see(self, counts: _Counts) -> None:
        # Not `|=`, which looks at all that was seen before.
        for digest, count in counts.items():
            self._view[digest] = max(self._view[digest], count)

    def _unseen_inputs(self, messages: Sequence[Message], counts: _Counts) -> tuple[Message, ...]:
        fresh = []
        for place, message in enumerate(messages, start=1):
            # The last message of a user is new, even if it repeats an earlier one.
            is_said_now = place == len(messages) and message.role == USER
            parts = [
                part
                for part in message.parts
                if self._is_unseen(_digest(message.role, part), counts, is_said_now=is_said_now)
            ]
            if parts:
                fresh.append(Message(message.role, tuple(parts), message.at_ns))
        return tuple(fresh)

    def _is_unseen(self, digest: bytes, counts: _Counts, *, is_said_now: bool) -> bool:
        counts[digest] += 1
        repeats = counts[digest] <= self._known[digest] + self._shown[digest]
        if repeats and not (is_said_now and not self._shown[digest]):
            return False
        self._shown[digest] += 1
        return True

    def _answers(
        self, messages: Sequence[Message], counts: _Counts, *, is_duplicate: bool
    ) -> tuple[Message, ...]:
        fresh = []
        for message in messages:
            parts = []
            for part in message.parts:
                digest = _digest(message.role, part)
                counts[digest] += 1
                if not (is_duplicate and self._shown[digest]):
                    self._shown[digest] += 1
                    parts.append(part)
            if parts:
                fresh.append(Message(message.role, tuple(parts), message.at_ns))
        return tuple(fresh)


def _digest(role: str, part: Part) -> bytes:
    content = f"{role}\0{part.type}\0{part.content}".encode(errors="replace")
    return hashlib.blake2b(content, digest_size=16).digest()
