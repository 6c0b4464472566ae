"""Log records to what is kept of them: entries, and a span for each model call they report.

Which records these are is data of the conventions (`log_events`, `log_calls`).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sessionary.model import span_kind as kind
from sessionary.model.log_entry import LogEntry
from sessionary.otlp import wire
from sessionary.otlp.attributes import any_value
from sessionary.otlp.convention import Convention, LogCall
from sessionary.otlp.conventions import CONVENTIONS
from sessionary.otlp.conventions.sessionary import SIGNAL
from sessionary.otlp.decode import SPAN_ID_BYTES
from sessionary.otlp.limits import EARLIEST_NS, LATEST_NS

_KIND = "sessionary.kind"
_EVENT_NAME = "event.name"
_SESSION_KEYS = ("session.id", "conversation.id", "gen_ai.conversation.id")
_ERROR_KEYS = ("error", "error.message", "error_message")
_TRACE_ID_BYTES = (16,)
_STATUS_ERROR = 2
_MILLISECOND_NS = 1_000_000

_REPORTING = tuple(convention for convention in CONVENTIONS if convention.log_calls)
_KEPT_SCOPES = tuple(scope for convention in _REPORTING for scope in convention.scopes)
_KEPT_EVENTS = tuple(prefix for convention in CONVENTIONS for prefix in convention.log_events)


@dataclass(frozen=True, slots=True)
class Logs:
    """What is kept of a request: `spans` is an ExportTraceServiceRequest, None without calls."""

    spans: bytes | None
    entries: tuple[LogEntry, ...]


@dataclass(frozen=True)
class _Record:
    """A parsed log record; values needed more than once are read once."""

    message: Any
    scope: str

    @cached_property
    def values(self) -> dict[str, list[object]]:
        values: dict[str, list[object]] = {}
        for pair in self.message.attributes:
            values.setdefault(pair.key, []).append(any_value(pair.value))
        return values

    @cached_property
    def event(self) -> str:
        named = _first_attribute(self.message, _EVENT_NAME) or self.message.event_name
        return named or str(self.message.body.string_value)

    @property
    def session_id(self) -> str:
        return self.first_text(_SESSION_KEYS)

    @property
    def time_ns(self) -> int:
        return int(self.message.time_unix_nano or self.message.observed_time_unix_nano)

    @cached_property
    def attributes_json(self) -> str:
        merged = {key: found[0] if len(found) == 1 else found for key, found in self.values.items()}
        return _json(merged)

    def first_text(self, keys: tuple[str, ...]) -> str:
        """The first value among `keys` that is not empty, as text."""
        texts = (_as_text(self.values[key][0]) for key in keys if key in self.values)
        return next((text for text in texts if text), "")


def read_logs(body: bytes) -> Logs:
    """Read an ExportLogsServiceRequest in protobuf.

    A record that reports a model call becomes an entry and a span, a resent record the same span.

    Raises:
        ValueError: the bytes are not such a request.
    """
    entries: list[LogEntry] = []
    spans: Any = wire.MESSAGES["TraceRequest"]()
    for resource_logs in wire.parse("LogRequest", body).resource_logs:
        calls: Any = wire.MESSAGES["ResourceSpans"]()
        for scope_logs in resource_logs.scope_logs:
            records = list(_kept(scope_logs))
            entries += [_entry(record) for record in records]
            _add_calls(calls, scope_logs.scope, records)
        if calls.scope_spans:
            calls.resource.CopyFrom(resource_logs.resource)
            spans.resource_spans.append(calls)
    return Logs(spans.SerializeToString() if spans.resource_spans else None, tuple(entries))


def _kept(scope_logs: Any) -> Iterator[_Record]:
    scope = scope_logs.scope.name
    for message in scope_logs.log_records:
        record = _Record(message, scope)
        if scope.startswith(_KEPT_SCOPES) or record.event.startswith(_KEPT_EVENTS):
            yield record


def _entry(record: _Record) -> LogEntry:
    message = record.message
    return LogEntry(
        trace_id=_usable_id(message.trace_id, _TRACE_ID_BYTES).hex(),
        span_id=_usable_id(message.span_id, SPAN_ID_BYTES).hex(),
        session_id=record.session_id,
        time_ns=record.time_ns if EARLIEST_NS <= record.time_ns < LATEST_NS else 0,
        event_name=record.event,
        scope=record.scope,
        body=_json(any_value(message.body)),
        attributes=record.attributes_json,
    )


def _add_calls(calls: Any, scope: Any, records: list[_Record]) -> None:
    for convention in _REPORTING:
        found = [
            (record, call)
            for record in records
            if _belongs(record, convention) and (call := _call(record, convention)) is not None
        ]
        if not found:
            continue
        scope_spans = calls.scope_spans.add()
        scope_spans.scope.CopyFrom(scope)
        scope_spans.scope.name = _bound_scope(scope.name, convention)
        for record, call in found:
            _fill_span(scope_spans.spans.add(), record, call)


def _belongs(record: _Record, convention: Convention) -> bool:
    by_scope = record.scope.startswith(convention.scopes)
    return by_scope or record.event.startswith(convention.log_events)


def _call(record: _Record, convention: Convention) -> LogCall | None:
    return next((call for call in convention.log_calls if _reports(record, call)), None)


def _reports(record: _Record, call: LogCall) -> bool:
    if record.event != call.event:
        return False
    has_all = all(record.first_text((key,)) for key in call.requires)
    return has_all and all(record.first_text((key,)) == want for key, want in call.equals.items())


def _bound_scope(name: str, convention: Convention) -> str:
    return name if name.startswith(convention.scopes) else f"{convention.scopes[0]}.logs"


def _fill_span(span: Any, record: _Record, call: LogCall) -> None:
    message = record.message
    trace_id = _usable_id(message.trace_id, _TRACE_ID_BYTES)
    if trace_id:
        span.parent_span_id = _usable_id(message.span_id, SPAN_ID_BYTES)
    span.trace_id = trace_id or _derived_trace_id(record)
    span.span_id = _digest(span.trace_id.hex(), *_identity(record))[:8]
    span.name = record.event
    span.end_time_unix_nano = record.time_ns
    span.start_time_unix_nano = _start_ns(record)
    _fill_attributes(span, message)
    if call.failed:
        span.status.code = _STATUS_ERROR
        span.status.message = record.first_text(_ERROR_KEYS)


def _fill_attributes(span: Any, message: Any) -> None:
    own = {SIGNAL: "log", _KIND: kind.LLM}
    for key, value in own.items():
        span.attributes.add(key=key).value.string_value = value
    span.attributes.extend(pair for pair in message.attributes if pair.key not in own)


def _start_ns(record: _Record) -> int:
    start = record.time_ns - _duration_ns(record.first_text(("duration_ms",)))
    # A duration that leads back before all telemetry is a mistake; the call still counts.
    return start if start >= EARLIEST_NS else record.time_ns


def _duration_ns(milliseconds: str) -> int:
    try:
        return max(0, round(float(milliseconds) * _MILLISECOND_NS))
    except (ValueError, OverflowError):
        return 0


def _derived_trace_id(record: _Record) -> bytes:
    """One trace per prompt of a session, so that its calls stay together."""
    prompt = record.first_text(("prompt.id",))
    return _digest(*((record.session_id, prompt) if prompt else _identity(record)))[:16]


def _identity(record: _Record) -> tuple[str, ...]:
    attributes = json.dumps(json.loads(record.attributes_json), sort_keys=True)
    return record.session_id, record.event, str(record.time_ns), attributes


def _digest(*parts: str) -> bytes:
    return hashlib.sha256(json.dumps(parts).encode()).digest()


def _usable_id(value: bytes, widths: tuple[int, ...]) -> bytes:
    return value if len(value) in widths and any(value) else b""


def _first_attribute(message: Any, key: str) -> str:
    found = (pair.value for pair in message.attributes if pair.key == key)
    return _as_text(any_value(value)) if (value := next(found, None)) is not None else ""


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _json(value)


def _json(value: Mapping[str, object] | object) -> str:
    """JSON text; NaN and the infinities, which JSON does not have, as strings."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError:
        named = json.loads(json.dumps(value), parse_constant=str)
        return json.dumps(named, ensure_ascii=False)
