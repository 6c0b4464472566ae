"""What a telemetry convention is: data that says which attribute carries what.

A convention is one file under `conventions/`; adding one is a new file and a line in
`conventions/__init__.py`. No branch anywhere else knows a library by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Keys = Mapping[str, tuple[str, ...]]
ReadObject = Callable[[Mapping[str, Any]], Mapping[str, Any]]

TEXT_FIELDS = (
    "session_id",
    "contact_id",
    "project_id",
    "environment",
    "release",
    "trace_name",
    "title",
    "repo",
    "provider",
    "request_model",
    "response_model",
    "response_id",
    "finish_reason",
    "first_token_at",
)
NUMBER_FIELDS = (
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cache_write_tokens",
    "reasoning_tokens",
    "audio_input_tokens",
    "audio_output_tokens",
    "total_tokens",
    "input_cost",
    "output_cost",
    "total_cost",
    "time_to_first_token_ms",
)


@dataclass(frozen=True, slots=True)
class KindRule:
    """How the kind of a span follows from one attribute.

    `rank` orders the rules of all conventions: the lowest that knows the value decides.
    """

    rank: int
    attribute: str
    kinds: Mapping[str, str]
    """Lower-case value → kind."""
    present: str | None = None
    """The kind when the attribute has a value that `kinds` does not name."""


@dataclass(frozen=True, slots=True)
class LogCall:
    """A log record that reports a model call."""

    event: str
    requires: tuple[str, ...] = ()
    """Attributes the record must have."""
    equals: Mapping[str, str] = field(default_factory=dict)
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Convention:
    """Which attributes carry which field; see the module's docstring.

    For every field the first usable value wins: over the conventions in their order, first their
    `objects` and `keys`, then, where that gave none, `late_objects` and `late_keys`.
    """

    name: str
    keys: Keys = field(default_factory=dict)
    late_keys: Keys = field(default_factory=dict)
    objects: Mapping[str, ReadObject] = field(default_factory=dict)
    """Attributes that hold a JSON object, and how its fields are read."""
    late_objects: Mapping[str, ReadObject] = field(default_factory=dict)
    resource_keys: Keys = field(default_factory=dict)
    """Attributes of the resource, looked at when the span has none."""
    tags: tuple[str, ...] = ()
    metadata: tuple[str, ...] = ()
    """Prefixes of attributes whose names go on with the application's own key."""
    metadata_objects: tuple[str, ...] = ()
    """Attributes that hold a JSON object of the application's own keys."""
    kinds: tuple[KindRule, ...] = ()
    errors: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    """Attributes that mark a failed span: the values that do, or None for any."""
    error_events: tuple[str, ...] = ()
    first_token_events: tuple[str, ...] = ()
    in_seconds: frozenset[str] = frozenset()
    """Attributes of `time_to_first_token_ms` that are in seconds."""
    scopes: tuple[str, ...] = ()
    """Where given, the convention only speaks for scopes that start with one of these."""
    client: str = ""
    """The coding agent whose scopes these are."""
    input_excludes_cache: bool = False
    """The reported input leaves out what was read from and written to the cache."""
    log_calls: tuple[LogCall, ...] = ()
    log_events: tuple[str, ...] = ()
    """Prefixes of the log events that are stored next to the spans."""


def as_mapping(value: Any) -> Mapping[str, Any]:
    """`value` if it is an object, else an empty one."""
    return value if isinstance(value, Mapping) else {}
