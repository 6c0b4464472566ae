"""A log record that is kept; records that say nothing of a session are set aside."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A log record that is stored next to the spans (messages, prompts, tool results).

    `attributes` and `body` are JSON text; ids are hex, or empty; `time_ns` since 1970, 0 where
    the record has no time that could be true.
    """

    trace_id: str
    span_id: str
    session_id: str
    time_ns: int
    event_name: str
    scope: str
    body: str
    attributes: str
