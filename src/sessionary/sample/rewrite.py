"""Rewrite a recorded trace with other ids, times, people, models, figures and words.

What the library wrote where, and in which form, stays as it was recorded.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sessionary.otlp.conventions import CONVENTIONS
from sessionary.sample.recordings import Recording

PROJECT_ID = "sample"

_TAGS = frozenset(name for convention in CONVENTIONS for name in convention.tags)
_ENVIRONMENTS = frozenset(
    {"deployment.environment", "deployment.environment.name", "langfuse.environment"}
)
# The recording machine's, and a project that would win over ours.
_FOREIGN_RESOURCE = re.compile(r"^(process|host|os)\.|^service\.instance|^openinference\.project")
# True of the recorded tokens and models only.
_STALE = re.compile(r"cost|^logfire\.metrics$")
_TOKENS = re.compile(r"token_count\.|(?<!max_)tokens$|Tokens$")
_DURATION = re.compile(r"time_to_first|time_per_output|duration|ttft_ms$")
_TOKENS_IN_JSON = re.compile(
    r'(?<!max_)((?:tokens|cache_read|cache_creation|reasoning|audio)\\*": ?)(\d+)'
)
_INSTANT = re.compile(r"\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(?=Z|\+00:00)")
_INTERNAL_TAG = ("graph:", "seq:")
_QUESTIONS = (
    "S1T1 hello",
    "S1T2 and again",
    "S1T3 stream please",
    "S2T1 hi there",
    "S2T1 FAIL now",
    "S2T2 FAIL now",
    "S2T3 embed me",
)
_SESSIONS = (
    "sess-A-001",
    "sess-B-002",
    "11111111-1111-4111-8111-111111111111",
    "22222222-2222-4222-8222-222222222222",
)
_USERS = ("user-alice", "user-bob")
_FAILURE = "Fake failure asked for by the test"
_CITY, _WEATHER = "Paris", "18C sunny"
_RECORDED = re.compile(
    "|".join(
        (
            *_SESSIONS,
            *_USERS,
            r"S1T2 what is the weather in",
            *_QUESTIONS,
            r"Answer number \d+",
            _FAILURE,
            _CITY,
            _WEATHER,
            r"fx-[a-z0-9-]+",
            r"/home/(?:user/chatapp/(?:venvs/\w+|node|fixtures/\w+)|python/versions/[\d.]+)",
            # The longest name first: gpt-4o begins gpt-4o-mini.
            r"(?:gpt-4o|claude|text-embedding)(?:-[a-z0-9]+)+",
            r"gpt-4o",
        )
    )
)


@dataclass(frozen=True, slots=True)
class Variant:
    """The values that replace recorded ones.

    `models` maps recorded names to others. `token_factor` and `stretch` multiply token counts and
    durations; whole factors keep the sums that parents repeat equal to their children's.
    """

    start_ns: int
    session_id: str
    contact_id: str
    tags: tuple[str, ...]
    environment: str
    application: str
    models: Mapping[str, str]
    token_factor: int
    stretch: int
    question: str
    answer: str
    failure: str
    city: str
    weather: str


def rewrite(recording: Recording, variant: Variant, rng: Random) -> list[Any]:
    """The trace's ResourceSpans, with new ids from `rng`."""
    return _Rewriter(recording, variant, rng).rewritten()


class _Rewriter:
    def __init__(self, recording: Recording, variant: Variant, rng: Random) -> None:
        self._recording = recording
        self._variant = variant
        self._rng = rng
        self._ids: dict[bytes, bytes] = {b"": b""}
        self._words = self._replacements()

    def rewritten(self) -> list[Any]:
        parts = [_copy(part) for part in self._recording.resource_spans]
        for part in parts:
            self._resource(part.resource)
            for scope in part.scope_spans:
                for span in scope.spans:
                    self._span(span)
        return parts

    def _replacements(self) -> dict[str, str]:
        variant = self._variant
        return {
            **dict.fromkeys(_SESSIONS, variant.session_id),
            **dict.fromkeys(_USERS, variant.contact_id),
            **dict.fromkeys(_QUESTIONS, variant.question),
            "S1T2 what is the weather in": "What is the weather in",
            _FAILURE: variant.failure,
            _CITY: variant.city,
            _WEATHER: variant.weather,
            **variant.models,
        }

    def _resource(self, resource: Any) -> None:
        _keep(resource.attributes, lambda key: not _FOREIGN_RESOURCE.search(key))
        self._pairs(resource.attributes)
        resource.attributes.add(key="sessionary.project", value={"string_value": PROJECT_ID})

    def _span(self, span: Any) -> None:
        span.trace_id = self._id(span.trace_id)
        span.span_id = self._id(span.span_id)
        span.parent_span_id = self._id(span.parent_span_id)
        span.start_time_unix_nano = self._instant(span.start_time_unix_nano)
        span.end_time_unix_nano = self._instant(span.end_time_unix_nano)
        span.name = self._text(span.name)
        if span.status.message:
            span.status.message = self._text(span.status.message)
        _keep(span.attributes, lambda key: not _STALE.search(key))
        self._pairs(span.attributes)
        for event in span.events:
            event.time_unix_nano = self._instant(event.time_unix_nano)
            self._pairs(event.attributes)

    def _id(self, recorded: bytes) -> bytes:
        if recorded not in self._ids:
            self._ids[recorded] = self._rng.randbytes(len(recorded))
        return self._ids[recorded]

    def _instant(self, recorded_ns: int) -> int:
        elapsed = recorded_ns - self._recording.start_ns
        return self._variant.start_ns + elapsed * self._variant.stretch

    def _pairs(self, pairs: Any) -> None:
        for pair in pairs:
            if pair.key in _TAGS:
                self._tags(pair.value)
            elif pair.key in _ENVIRONMENTS:
                pair.value.string_value = self._variant.environment
            else:
                self._value(pair.key, pair.value)

    def _value(self, key: str, value: Any) -> None:
        match value.WhichOneof("value"):
            case "string_value":
                value.string_value = self._text(value.string_value)
            case "int_value" if _TOKENS.search(key):
                value.int_value *= self._variant.token_factor
            case "int_value" if _DURATION.search(key):
                value.int_value *= self._variant.stretch
            case "double_value" if _DURATION.search(key):
                value.double_value *= self._variant.stretch
            case "array_value":
                for item in value.array_value.values:
                    self._value(key, item)

    def _tags(self, value: Any) -> None:
        tags = self._variant.tags
        if value.WhichOneof("value") == "array_value":
            del value.array_value.values[:]
            for tag in tags:
                value.array_value.values.add(string_value=tag)
            return
        recorded = value.string_value.split(", ")
        internal = [tag for tag in recorded if tag.startswith(_INTERNAL_TAG)]
        value.string_value = ", ".join([*tags, *internal])

    def _text(self, text: str) -> str:
        text = _RECORDED.sub(self._word, text)
        text = _TOKENS_IN_JSON.sub(self._tokens, text)
        return _INSTANT.sub(self._written_instant, text)

    def _word(self, match: re.Match[str]) -> str:
        recorded = match[0]
        if recorded.startswith("Answer"):
            return self._variant.answer
        if recorded.startswith("fx-"):
            return self._variant.application
        if recorded.startswith("/"):
            return "/app"
        return self._words.get(recorded, recorded)

    def _tokens(self, match: re.Match[str]) -> str:
        return f"{match[1]}{int(match[2]) * self._variant.token_factor}"

    def _written_instant(self, match: re.Match[str]) -> str:
        recorded = datetime.fromisoformat(f"{match[0]}+00:00")
        recorded_ns = int(recorded.timestamp() * 1e6) * 1000
        moved = timedelta(microseconds=(self._instant(recorded_ns) - recorded_ns) // 1000)
        return (recorded + moved).replace(tzinfo=None).isoformat(timespec="microseconds")


def _copy(message: Any) -> Any:
    copied = type(message)()
    copied.CopyFrom(message)
    return copied


def _keep(pairs: Any, wanted: Callable[[str], bool]) -> None:
    for place in reversed(range(len(pairs))):
        if not wanted(pairs[place].key):
            del pairs[place]
