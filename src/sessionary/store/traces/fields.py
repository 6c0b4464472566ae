"""The one table of fields that traces can be filtered, sorted, grouped and counted by.

Search, aggregation, facets, the list of fields and docs/traces.md all read it.
"""

from dataclasses import replace

from sessionary.model.span_kind import KINDS
from sessionary.model.trace_filter import Field, FieldType, Scope

# Operator → how many values it takes, at least and at most.
MAX_VALUES = 100
OPERATORS = {
    "eq": (1, 1),
    "neq": (1, 1),
    "in": (1, MAX_VALUES),
    "not_in": (1, MAX_VALUES),
    "gt": (1, 1),
    "gte": (1, 1),
    "lt": (1, 1),
    "lte": (1, 1),
    "between": (2, 2),
    "contains": (1, 1),
    "not_contains": (1, 1),
    "starts_with": (1, 1),
    "exists": (0, 0),
    "not_exists": (0, 0),
}
_EQUAL = ("eq", "neq", "in", "not_in")
_TEXT = (*_EQUAL, "contains", "not_contains", "starts_with", "exists", "not_exists")
_NUMBER = (*_EQUAL, "gt", "gte", "lt", "lte", "between")

_STARTED = "toUnixTimestamp64Nano(start_time)"
_ENDED = "toUnixTimestamp64Nano(end_time)"


def _text(name: str, label: str, sql: str = "", *aliases: str, is_sortable: bool = True) -> Field:
    return Field(
        name,
        label,
        FieldType.STRING,
        sql or name,
        operators=_TEXT,
        is_facet=True,
        is_sortable=is_sortable,
        is_groupable=True,
        aliases=aliases,
    )


def _texts(name: str, label: str, sql: str = "", *aliases: str) -> Field:
    field = _text(name, label, sql, *aliases, is_sortable=False)
    return replace(field, type=FieldType.STRINGS)


def _choice(name: str, label: str, sql: str, *choices: str) -> Field:
    field = _text(name, label, sql)
    return replace(field, operators=_EQUAL, choices=choices)


def _truth(name: str, label: str, sql: str) -> Field:
    field = _choice(name, label, sql, "true", "false")
    return replace(field, type=FieldType.BOOLEAN, operators=("eq", "neq"), is_sortable=False)


def _number(
    type: FieldType, name: str, label: str, sql: str = "", *aliases: str, of_model: str = ""
) -> Field:
    return Field(
        name,
        label,
        type,
        sql or name,
        operators=_NUMBER,
        is_sortable=True,
        aliases=aliases,
        of_model_sql=of_model,
    )


def _count(name: str, label: str, sql: str = "", *aliases: str, of_model: str = "") -> Field:
    return _number(FieldType.INTEGER, name, label, sql, *aliases, of_model=of_model)


def _money(name: str, label: str, sql: str, *aliases: str, of_model: str = "") -> Field:
    return _number(FieldType.MONEY, name, label, sql, *aliases, of_model=of_model)


def _period(name: str, start_sql: str) -> Field:
    sql = f"formatDateTime({start_sql}, '%Y-%m-%dT%H:%i:%SZ')"
    return Field(name, f"Start of the {name}", FieldType.STRING, sql, is_groupable=True)


def _of_keys(name: str, label: str, sql: str) -> Field:
    return Field(name, label, FieldType.STRING, sql, operators=_TEXT)


def _of_span(field: Field) -> Field:
    return replace(field, scope=Scope.SPAN, is_facet=False, is_sortable=False, is_groupable=False)


PERIODS = (
    _period("minute", "toStartOfMinute(start_time)"),
    _period("hour", "toStartOfHour(start_time)"),
    _period("day", "toStartOfDay(start_time)"),
    _period("week", "toStartOfWeek(start_time, 1)"),
    _period("month", "toStartOfMonth(start_time)"),
)
MODEL = _texts("models", "Models", "mapKeys(calls_by_model)", "model")
TRACE_ID = replace(_text("trace_id", "Trace"), is_facet=False, is_groupable=False, is_hex=True)
STARTED_AT = _number(FieldType.DATE, "started_at", "Started", _STARTED, "start_time")
_INPUT, _OUTPUT = "input_tokens_by_model[{model}]", "output_tokens_by_model[{model}]"
_OF_TRACES = (
    TRACE_ID,
    _text("session_id", "Session", "", "thread_id"),
    _text("project_id", "Project"),
    _text("identity_id", "Identity", "contact_id", "contact_id", "user_id"),
    _text("name", "Name"),
    _choice("status", "Status", "if(error_spans_count > 0, 'error', 'ok')", "error", "ok"),
    _choice("kind", "Kind", "kind", "conversation", "coding_agent"),
    _text("client", "Client"),
    _text("repo", "Repository"),
    _truth("is_from_logs", "From log records", "is_from_logs"),
    _texts("tags", "Tags", "", "tag"),
    MODEL,
    _texts("providers", "Providers", "", "provider"),
    _texts("environments", "Environments", "", "environment"),
    _texts("releases", "Releases", "", "release"),
    STARTED_AT,
    _number(FieldType.DATE, "ended_at", "Ended", _ENDED, "end_time"),
    _number(FieldType.DURATION, "duration_ms", "Duration", f"{_ENDED} - {_STARTED}", "duration"),
    _money(
        "cost_total", "Cost", "total_cost", "total_cost", "cost", of_model="cost_by_model[{model}]"
    ),
    _money("cost_input", "Cost of input", "input_cost", "input_cost"),
    _money("cost_output", "Cost of output", "output_cost", "output_cost"),
    _count("prompt_tokens", "Tokens in", "input_tokens", "input_tokens", of_model=_INPUT),
    _count("completion_tokens", "Tokens out", "output_tokens", "output_tokens", of_model=_OUTPUT),
    _count(
        "total_tokens",
        "Tokens",
        "input_tokens + output_tokens",
        "tokens",
        of_model=f"{_INPUT} + {_OUTPUT}",
    ),
    _count("cached_tokens", "Tokens read from a cache", "cache_read_tokens"),
    _count("cache_write_tokens", "Tokens written to a cache"),
    _count("reasoning_tokens", "Tokens of reasoning"),
    _count("model_calls_count", "Model calls", of_model="calls_by_model[{model}]"),
    _count("failed_calls_count", "Failed calls", of_model="failed_calls_by_model[{model}]"),
    _count("unpriced_calls_count", "Calls without a price"),
    _count("tool_calls_count", "Tool calls"),
    _count("spans_count", "Spans"),
    _count("errors_count", "Errors", "", "errors"),
)
_OF_SPANS = tuple(
    _of_span(field)
    for field in (
        replace(_text("span_id", "Span"), is_hex=True),
        _text("span_name", "Name of a span", "name"),
        _choice("span_kind", "Kind of a span", "kind", *KINDS),
        _choice("span_status", "Status of a span", "if(is_error, 'error', 'ok')", "error", "ok"),
        _text("span_error", "Error of a span", "status_message"),
        _text("span_scope", "Library of a span", "scope"),
        _text("request_model", "Model asked for"),
        _text("finish_reason", "Why a call ended"),
        _number(
            FieldType.DURATION, "span_duration_ms", "Duration of a span", f"{_ENDED} - {_STARTED}"
        ),
        _money("span_cost", "Cost of a span", "total_cost"),
    )
)
FIELDS = (*_OF_TRACES, *PERIODS, *_OF_SPANS)
# Of these, what stands after the dot names one of many.
KEYED_FIELDS = (
    _of_keys("metadata.", "Metadata", "metadata[{key:String}]"),
    _of_span(_of_keys("attributes.", "Attribute of a span", "attributes[{key:String}]")),
)

_BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.aliases)}


def find_field(name: str) -> Field | None:
    """The field of that name or alias."""
    for field in KEYED_FIELDS:
        key = name.removeprefix(field.name)
        if key and key != name:
            return replace(field, name=name, key=key)
    return _BY_NAME.get(name)
