"""The sample's sessions: who talked with which application, how long, and with which models.

The same seed gives the same sessions, ids included, only moved in time: a load that was cut off
and started again creates no session twice.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from sessionary.otlp import wire
from sessionary.sample.recordings import Recording, read_recordings
from sessionary.sample.rewrite import Variant, rewrite
from sessionary.sample.words import (
    ANSWERS,
    CITIES,
    CONTACTS,
    FAILURES,
    QUESTIONS,
    TAGS,
    WEATHERS,
)

SESSIONS = 300
BODY_SPANS = 500
DAYS = 30

_SECOND_NS = 1_000_000_000
_PERIOD_NS = DAYS * 24 * 3600 * _SECOND_NS
_LONGEST_NS = 5 * 24 * 3600 * _SECOND_NS
# The newest session ended a little while ago.
_MARGIN_NS = 60 * _SECOND_NS
_FAILED_WEIGHT = 0.25

# Request model, and the name that the provider answers with; models of one's own have no price.
Model = tuple[str, str]
_OWN: tuple[Model, ...] = (
    ("acme-internal-7b", "acme-internal-7b"),
    ("acme-support-ft-2", "acme-support-ft-2"),
)
_OPENAI_SMALL: tuple[Model, ...] = (
    ("gpt-4o-mini", "gpt-4o-mini-2024-07-18"),
    ("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"),
    ("gpt-5-mini", "gpt-5-mini-2025-08-07"),
)
_OPENAI_LARGE: tuple[Model, ...] = (
    ("gpt-4o", "gpt-4o-2024-08-06"),
    ("gpt-4.1", "gpt-4.1-2025-04-14"),
    ("gpt-5", "gpt-5-2025-08-07"),
)
_CLAUDE_SMALL: tuple[Model, ...] = (
    ("claude-haiku-4-5", "claude-haiku-4-5-20251001"),
    ("claude-3-5-haiku-latest", "claude-3-5-haiku-20241022"),
)
_CLAUDE_LARGE: tuple[Model, ...] = (
    ("claude-sonnet-4-5", "claude-sonnet-4-5-20250929"),
    ("claude-opus-4-5", "claude-opus-4-5-20251101"),
)
_OWN_MODEL_SHARE = 0.07
_EMBEDDINGS = ("text-embedding-3-small", "text-embedding-3-large")


@dataclass(frozen=True, slots=True)
class _Application:
    """A program that one of the libraries instruments. `tokens` scales the size of its prompts."""

    library: str
    name: str
    weight: int
    is_anthropic: bool = False
    tokens: float = 1.0
    turns: float = 1.0


_APPLICATIONS = (
    _Application("claude_code", "claude-code", 14, is_anthropic=True, tokens=8, turns=2.5),
    _Application("langfuse_v3", "support-desk", 14),
    _Application("langsmith_otel", "research-graph", 8, tokens=3),
    _Application("openinference_anthropic", "contract-reader", 9, is_anthropic=True, tokens=4),
    _Application("openinference_openai", "shop-assistant", 14),
    _Application("openllmetry_openai", "ticket-triage", 8),
    _Application("otel_openai_v2", "docs-search", 9),
    _Application("pydantic_ai", "invoice-agent", 9, tokens=2),
    _Application("strands_anthropic", "ops-agent", 7, is_anthropic=True, tokens=2),
    _Application("vercel_ai_v7_proto", "web-chat", 12),
)


def make_sample(now_ns: int, *, seed: int = 1, sessions: int = SESSIONS) -> Iterator[bytes]:
    """Trace requests in OTLP protobuf of about BODY_SPANS spans, the earliest session first.

    All spans lie within the DAYS days before `now_ns`.
    """
    recordings = read_recordings()
    made = [_Session(f"{seed}:{number}", recordings, now_ns) for number in range(sessions)]
    request: Any = wire.MESSAGES["TraceRequest"]()
    spans_count = 0
    for session in sorted(made, key=lambda session: session.start_ns):
        for recording, parts in session.traces():
            request.resource_spans.extend(parts)
            spans_count += recording.spans_count
            if spans_count >= BODY_SPANS:
                yield request.SerializeToString()
                request.Clear()
                spans_count = 0
    if spans_count:
        yield request.SerializeToString()


class _Session:
    """One session; nothing of it but its place in time depends on `now_ns`."""

    def __init__(
        self, seed: str, recordings: dict[str, tuple[Recording, ...]], now_ns: int
    ) -> None:
        self._rng = rng = Random(seed)
        self._application = application = rng.choices(
            _APPLICATIONS, [each.weight for each in _APPLICATIONS]
        )[0]
        self._turns = self._plan(recordings[application.library])
        recording, offset_ns, stretch = self._turns[-1]
        length_ns = offset_ns + (recording.end_ns - recording.start_ns) * stretch
        latest_ns = _PERIOD_NS - length_ns - _MARGIN_NS
        self.start_ns = now_ns - _PERIOD_NS + int(rng.random() * latest_ns)
        self._variant = self._choose()

    def traces(self) -> Iterator[tuple[Recording, list[Any]]]:
        """Each trace's recording and what became of it."""
        rng = self._rng
        size = rng.lognormvariate(1.8, 0.7) * self._application.tokens
        for turn, (recording, offset_ns, stretch) in enumerate(self._turns):
            place = rng.randrange(len(QUESTIONS))
            variant = replace(
                self._variant,
                start_ns=self.start_ns + offset_ns,
                # What was said before is sent again with every turn.
                token_factor=max(1, int(size * (1 + turn / 4) * rng.uniform(0.6, 1.4))),
                stretch=stretch,
                question=QUESTIONS[place],
                answer=ANSWERS[place],
                failure=rng.choice(FAILURES),
                city=rng.choice(CITIES),
                weather=rng.choice(WEATHERS),
            )
            yield recording, rewrite(recording, variant, rng)

    def _plan(self, recordings: Sequence[Recording]) -> list[tuple[Recording, int, int]]:
        """The turns: what happens in each, when after the session's start, how much slower."""
        rng = self._rng
        weights = [_FAILED_WEIGHT if each.has_failed else 1 for each in recordings]
        turns: list[tuple[Recording, int, int]] = []
        offset_ns = 0
        for recording in rng.choices(recordings, weights, k=self._turns_count()):
            stretch = rng.randint(10, 60)
            turns.append((recording, offset_ns, stretch))
            offset_ns += (recording.end_ns - recording.start_ns) * stretch + self._gap_ns()
            if offset_ns > _LONGEST_NS:
                break
        return turns

    def _turns_count(self) -> int:
        rng = self._rng
        draw = rng.random()
        if draw < 0.2:
            return 1
        if draw > 0.97:
            return rng.randint(60, 80)
        return min(40, 1 + int(rng.lognormvariate(1.2, 0.7) * self._application.turns))

    def _gap_ns(self) -> int:
        """How long a person takes to go on: mostly seconds to minutes, at times hours."""
        if self._rng.random() < 0.04:
            return self._rng.randint(3600, 9 * 3600) * _SECOND_NS
        return int((3 + self._rng.lognormvariate(3.6, 1.1)) * _SECOND_NS)

    def _choose(self) -> Variant:
        rng, application = self._rng, self._application
        return Variant(
            start_ns=self.start_ns,
            session_id=self._session_id(),
            contact_id=rng.choice(CONTACTS),
            tags=tuple(sorted(rng.sample(TAGS, rng.randint(1, 3)))),
            environment=rng.choices(("production", "staging", "development"), (16, 3, 1))[0],
            application=application.name,
            models=self._models(),
            token_factor=1,
            stretch=1,
            question="",
            answer="",
            failure="",
            city="",
            weather="",
        )

    def _session_id(self) -> str:
        bits = self._rng.getrandbits(128)
        if self._application.library == "claude_code":
            return str(uuid.UUID(int=bits, version=4))
        return f"{self._application.name}-{bits:032x}"[:-20]

    def _models(self) -> dict[str, str]:
        rng = self._rng
        small, large = (
            (_CLAUDE_SMALL, _CLAUDE_LARGE)
            if self._application.is_anthropic
            else (_OPENAI_SMALL, _OPENAI_LARGE)
        )
        if rng.random() < _OWN_MODEL_SHARE:
            small = large = _OWN
        names: dict[str, str] = {}
        for recorded, chosen in (
            (_OPENAI_SMALL[0], rng.choice(small)),
            (_OPENAI_LARGE[0], rng.choice(large)),
            (_CLAUDE_SMALL[1], rng.choice(small)),
            (_CLAUDE_LARGE[0], rng.choice(large)),
        ):
            names |= dict(zip(recorded, chosen, strict=True))
        names[_EMBEDDINGS[0]] = rng.choice(_EMBEDDINGS)
        return names
