"""Span columns to what they mean: one row a span, in the words of the model."""

from collections.abc import Callable, Mapping
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sessionary.model import span_kind as kind
from sessionary.model.json_text import read_json
from sessionary.otlp.attributes import Bools, Floats, Ints
from sessionary.otlp.coding_agents import clients, repository
from sessionary.otlp.convention import Convention, KindRule
from sessionary.otlp.conventions import CONVENTIONS
from sessionary.otlp.conventions.sessionary import SIGNAL
from sessionary.otlp.decode import SpanColumns
from sessionary.otlp.fields import Fields, cut, owned_rows, unquote, usable
from sessionary.otlp.limits import MAX_TEXT, MAX_TITLE, Limits
from sessionary.otlp.maps import AttributeMaps
from sessionary.otlp.metadata import metadata
from sessionary.otlp.tags import tags

# Frameworks that put their own name where the provider's belongs.
_NOT_PROVIDERS = frozenset(
    {"langchain", "strands-agents", "microsoft.agent_framework", "gcp.vertex.agent", "litellm"}
)
# The cloud prefixes of OpenTelemetry's own provider names; any other dot ends the name
# (Vercel's `openai.responses`).
_CLOUDS = frozenset({"aws", "az", "azure", "gcp", "ibm"})
_STATUS_UNSET, _STATUS_ERROR = 0, 2


def normalise(spans: SpanColumns, limits: Limits) -> pa.Table:
    """The rows of spans for the store, without cost: `client_*_cost` is client-reported.

    Token counts: `input_tokens` includes the cached and cache-written ones, `output_tokens` the
    reasoning ones, whatever the library's own habit. Client costs are US dollars or null.
    """
    speaks_for = {c.name: _owners_in_scope(spans, c) for c in CONVENTIONS}
    fields = Fields(spans.attributes, speaks_for)
    fields.pick(CONVENTIONS)
    maps = AttributeMaps(spans.attributes, limits)
    columns = {
        "trace_id": spans.trace_id,
        "span_id": spans.span_id,
        "parent_span_id": spans.parent_span_id,
        "start_ns": pa.array(spans.start_ns),
        "end_ns": pa.array(spans.end_ns),
        "name": cut(spans.name, limits.name_characters),
        "scope": pa.array(spans.scopes, pa.string()).take(pa.array(spans.scope)),
        "signal": _signal(spans),
        "kind": _kinds(spans, speaks_for),
        "is_error": pa.array(_errors(spans)),
        "status_code": pa.array(spans.status_code.astype(np.uint8)),
        "status_message": spans.status_message,
        **_texts(spans, fields),
        "client": clients(spans),
        "metadata": metadata(spans.attributes),
        "tags": tags(spans.attributes),
        "reports_usage": pa.array(_reports_usage(fields)),
        **_tokens(spans, fields, speaks_for),
        **{
            f"client_{part}_cost": _optional(fields.number(f"{part}_cost"))
            for part in ("input", "output", "total")
        },
        "time_to_first_token_ms": _optional(_time_to_first_token(spans, fields)),
        "attributes": maps.maps,
        "json_attributes": maps.json_names,
        "truncated_attributes": maps.truncated_names,
        "dropped_attributes_count": pa.array(maps.dropped.astype(np.uint32)),
        "resource_attributes": AttributeMaps(spans.resources, limits).maps.take(
            pa.array(spans.resource)
        ),
        "events": _events(spans, limits),
        "links": _links(spans, limits),
    }
    return pa.table(columns)


def _owners_in_scope(spans: SpanColumns, convention: Convention) -> Bools | None:
    if not convention.scopes:
        return None
    matches = [scope.lower().startswith(convention.scopes) for scope in spans.scopes]
    return np.array(matches, dtype=bool)[spans.scope]


def _texts(spans: SpanColumns, fields: Fields) -> dict[str, pa.Array]:
    # A library that reports only one of the two means both.
    asked, answered = fields.text("request_model"), fields.text("response_model")
    texts = {
        name: fields.text(name)
        for name in ("session_id", "contact_id", "trace_name", "title", "response_id")
    }
    texts |= {
        name: pc.coalesce(fields.text(name), _resource_text(spans, name))
        for name in ("project_id", "environment", "release", "repo")
    }
    texts["repo"] = _per_value(texts["repo"], repository)
    texts["provider"] = _per_value(fields.text("provider"), _provider)
    texts["request_model"] = pc.coalesce(asked, answered)
    texts["response_model"] = pc.coalesce(answered, asked)
    texts["finish_reason"] = _per_value(fields.text("finish_reason"), _first_of_list)
    return {
        name: cut(values.fill_null(""), MAX_TITLE if name == "title" else MAX_TEXT)
        for name, values in texts.items()
    }


def _resource_text(spans: SpanColumns, field: str) -> pa.Array:
    found = pa.nulls(spans.resources.owners, pa.string())
    for convention in CONVENTIONS:
        for name in convention.resource_keys.get(field, ()):
            rows = spans.resources.rows(name)
            if len(rows):
                values = spans.resources.text.take(pa.array(rows))
                column: list[str | None] = [None] * spans.resources.owners
                known = usable(values)
                for owner, value, says in zip(
                    spans.resources.owner[rows].tolist(), values.to_pylist(), known, strict=True
                ):
                    column[owner] = value if says else None
                found = pc.coalesce(found, pa.array(column, pa.string()))
    return found.take(pa.array(spans.resource))


def _per_value(values: pa.Array, change: Callable[[str], str]) -> pa.Array:
    """Apply `change` to each distinct value."""
    encoded = values.dictionary_encode()
    changed = [change(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(changed, pa.string()).take(encoded.indices)


def _provider(value: str) -> str:
    name = value.strip().lower()
    if name in _NOT_PROVIDERS:
        return ""
    head, _, _ = name.partition(".")
    return name if head in _CLOUDS else head


def _first_of_list(value: str) -> str:
    if not value.startswith("["):
        return value
    try:
        items = read_json(value)
    except (ValueError, RecursionError):
        return value
    return str(items[0]) if items else ""


def _signal(spans: SpanColumns) -> pa.Array:
    from_log = np.zeros(len(spans), dtype=bool)
    from_log[spans.attributes.owner[spans.attributes.rows(SIGNAL)]] = True
    return pc.if_else(pa.array(from_log), "log", "span")


def _kinds(spans: SpanColumns, speaks_for: Mapping[str, Bools | None]) -> pa.Array:
    rules = [(rule, convention) for convention in CONVENTIONS for rule in convention.kinds]
    code = np.full(len(spans), -1, dtype=np.int64)
    for rule, convention in sorted(rules, key=lambda pair: pair[0].rank):
        rows = owned_rows(spans.attributes, rule.attribute, speaks_for[convention.name])
        if len(rows):
            owners = spans.attributes.owner[rows]
            codes = _kind_codes(rule, spans.attributes.text.take(pa.array(rows)))
            free = (code[owners] < 0) & (codes >= 0)
            code[owners[free][::-1]] = codes[free][::-1]
    code[code < 0] = kind.KINDS.index(kind.SPAN)
    return pa.array(kind.KINDS).take(pa.array(code))


def _kind_codes(rule: KindRule, values: pa.Array) -> Ints:
    encoded = unquote(values).dictionary_encode()
    codes = [_kind_code(rule, value) for value in encoded.dictionary.to_pylist()]
    return np.array(codes, dtype=np.int64)[np.asarray(encoded.indices)]


def _kind_code(rule: KindRule, value: str) -> int:
    name = rule.kinds.get(value.strip().lower(), rule.present if value else None)
    return -1 if name is None else kind.KINDS.index(name)


def _errors(spans: SpanColumns) -> Bools:
    """Failed: the status says so or, where it says nothing, an attribute or an event does."""
    marked = np.zeros(len(spans), dtype=bool)
    for convention in CONVENTIONS:
        for name, values in convention.errors.items():
            rows = spans.attributes.rows(name)
            if len(rows):
                texts = spans.attributes.text.take(pa.array(rows))
                matches = usable(texts) if values is None else _is_one_of(texts, values)
                marked[spans.attributes.owner[rows[matches]]] = True
    events = [name for convention in CONVENTIONS for name in convention.error_events]
    marked[_event_owners(spans, events)] = True
    return (spans.status_code == _STATUS_ERROR) | (marked & (spans.status_code == _STATUS_UNSET))


def _is_one_of(texts: pa.Array, values: frozenset[str]) -> Bools:
    lower = pc.utf8_lower(unquote(texts))
    return np.asarray(pc.is_in(lower, pa.array(sorted(values))))


def _event_owners(spans: SpanColumns, names: list[str]) -> Ints:
    rows = np.flatnonzero(np.asarray(pc.is_in(spans.event_name, pa.array(names))))
    return np.searchsorted(spans.event_offsets, rows, side="right") - 1


def _reports_usage(fields: Fields) -> Bools:
    """Which spans report usage, even if it is zero."""
    names = ("input_tokens", "output_tokens", "total_tokens", "total_cost")
    return np.any([~np.isnan(fields.number(name)) for name in names], axis=0)


def _tokens(
    spans: SpanColumns, fields: Fields, speaks_for: Mapping[str, Bools | None]
) -> dict[str, pa.Array]:
    """Token counts with one meaning: the input includes the cache, whatever the library does."""

    def count(name: str) -> Floats:
        return np.floor(np.nan_to_num(fields.number(name)))

    given, output, total = count("input_tokens"), count("output_tokens"), count("total_tokens")
    read, written = count("cache_read_tokens"), count("cache_write_tokens")
    cached = read + written
    excludes = (cached > given) | ((cached > 0) & (total == given + output + cached))
    for convention in CONVENTIONS:
        owners = speaks_for[convention.name]
        if convention.input_excludes_cache and owners is not None:
            excludes |= owners
    counts = {
        "input_tokens": np.where(excludes, given + cached, given),
        "output_tokens": output,
        "cache_read_tokens": read,
        "cache_write_tokens": written,
        "reasoning_tokens": count("reasoning_tokens"),
        "audio_input_tokens": count("audio_input_tokens"),
        "audio_output_tokens": count("audio_output_tokens"),
    }
    return {name: pa.array(values.astype(np.uint64)) for name, values in counts.items()}


def _time_to_first_token(spans: SpanColumns, fields: Fields) -> Floats:
    reported = fields.number("time_to_first_token_ms").copy()
    first_at = _instants_ns(fields.text("first_token_at"))
    names = [name for convention in CONVENTIONS for name in convention.first_token_events]
    rows = np.flatnonzero(np.asarray(pc.is_in(spans.event_name, pa.array(names))))
    owners = np.searchsorted(spans.event_offsets, rows, side="right") - 1
    event_at = np.full(len(spans), np.nan)
    event_at[owners[::-1]] = spans.event_time_ns[rows][::-1]
    at = np.where(np.isnan(first_at), event_at, first_at)
    with np.errstate(invalid="ignore"):
        elapsed = (at - spans.start_ns) / 1e6
        elapsed[elapsed < 0] = np.nan
    return np.where(np.isnan(reported), elapsed, reported)


def _instants_ns(values: pa.Array) -> Floats:
    instants = np.full(len(values), np.nan)
    for place in np.flatnonzero(np.asarray(values.is_valid())).tolist():
        try:
            at = datetime.fromisoformat(values[place].as_py())
            instants[place] = at.timestamp() * 1e9
        except (ValueError, OverflowError):
            continue
    return instants


def _events(spans: SpanColumns, limits: Limits) -> pa.ListArray:
    columns = {
        "time_ns": pa.array(spans.event_time_ns),
        "name": spans.event_name,
        "attributes": AttributeMaps(spans.event_attributes, limits).maps,
    }
    return _lists(spans.event_offsets, columns)


def _links(spans: SpanColumns, limits: Limits) -> pa.ListArray:
    columns = {
        "trace_id": spans.link_trace_id,
        "span_id": spans.link_span_id,
        "attributes": AttributeMaps(spans.link_attributes, limits).maps,
    }
    return _lists(spans.link_offsets, columns)


def _lists(offsets: Ints, columns: dict[str, pa.Array]) -> pa.ListArray:
    rows = pa.StructArray.from_arrays(list(columns.values()), names=list(columns))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), rows)


def _optional(values: Floats) -> pa.Array:
    return pa.array(values, mask=np.isnan(values))
