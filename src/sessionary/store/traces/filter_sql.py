"""A selection of traces as a condition of SQL. Values are bound, never put into the text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sessionary.model.trace_filter import Condition, Field, FieldType, Scope, Selection
from sessionary.store.clickhouse.parameters import Parameters

PARAMETER_TYPES = {
    FieldType.STRING: "String",
    FieldType.STRINGS: "String",
    FieldType.BOOLEAN: "Bool",
    FieldType.INTEGER: "Int64",
    FieldType.DURATION: "Int64",
    FieldType.MONEY: "Decimal(38, 12)",
    FieldType.DATE: "Int64",
}
_NEGATIONS = {"neq": "eq", "not_in": "in", "not_contains": "contains", "not_exists": "exists"}
_COMPARISONS = {"eq": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
_WINDOW = (
    "start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC') "
    "AND start_time < fromUnixTimestamp64Nano({to_ns:Int64}, 'UTC')"
)
_NAMES_TEXT = (
    "arrayExists(item -> positionCaseInsensitiveUTF8(item, {text:String}) > 0, arrayConcat("
    "[toString(name), trace_id, session_id, contact_id], tags, mapKeys(calls_by_model)))"
)
# A span's copies are distinguished only where one of them meets the condition; a trace that began
# in the window has no span after the last end of those.
_IN_SPANS = (
    "trace_id GLOBAL IN (SELECT trace_id FROM spans WHERE {bounds} AND (trace_id, span_id) "
    "GLOBAL IN (SELECT trace_id, span_id FROM spans WHERE {bounds} AND ({condition})) "
    "GROUP BY trace_id, span_id HAVING argMax({condition}, (end_time, arrived_at)))"
)
_SPAN_BOUNDS = (
    "workspace_id = {workspace_id:String} "
    "AND start_time >= fromUnixTimestamp64Nano({from_ns:Int64}, 'UTC') AND start_time <= ("
    "SELECT max(end_time) FROM traces FINAL WHERE workspace_id = {workspace_id:String} AND "
    f"{_WINDOW})"
)


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition for WHERE and the values that it names."""

    sql: str
    parameters: dict[str, object]


def filter_of(workspace_id: str, selection: Selection) -> Filter:
    """The condition that the rows of `traces FINAL` of the selection meet."""
    parameters = Parameters(
        workspace_id=workspace_id,
        from_ns=selection.from_ns,
        to_ns=selection.to_ns,
        text=selection.text,
    )
    parts = ["workspace_id = {workspace_id:String}", _WINDOW]
    if selection.project_id:
        parts.append(f"project_id = {parameters.bind(selection.project_id, 'String')}")
    if selection.text:
        parts.append(_NAMES_TEXT)
    if selection.conditions:
        tests = [_condition(condition, parameters) for condition in selection.conditions]
        parts.append(f"({(' OR ' if selection.is_any else ' AND ').join(tests)})")
    return Filter(" AND ".join(parts), parameters.values)


def _condition(condition: Condition, parameters: Parameters) -> str:
    """A negative operator is the opposite of the positive one, also for fields with many values."""
    field, operator = condition.field, condition.operator
    type = PARAMETER_TYPES[field.type]
    values = [parameters.bind(value, type) for value in condition.values]
    sql = field.sql
    if field.key:
        sql = sql.replace("{key:String}", parameters.bind(field.key, "String"))
    test = _test_of(field, sql, _NEGATIONS.get(operator, operator), values)
    if field.scope is Scope.SPAN:
        test = _IN_SPANS.replace("{bounds}", _SPAN_BOUNDS).replace("{condition}", test)
    return f"(NOT ({test}))" if operator in _NEGATIONS else f"({test})"


def _test_of(field: Field, sql: str, operator: str, values: Sequence[str]) -> str:
    if field.type is FieldType.STRINGS:
        return f"arrayExists(item -> {_TESTS[operator]('item', values)}, {sql})"
    return _TESTS[operator](f"({sql})", values)


def _comparison(symbol: str) -> Callable[[str, Sequence[str]], str]:
    return lambda sql, values: f"{sql} {symbol} {values[0]}"


_TESTS: dict[str, Callable[[str, Sequence[str]], str]] = {
    **{name: _comparison(symbol) for name, symbol in _COMPARISONS.items()},
    "in": lambda sql, values: f"{sql} IN ({', '.join(values)})",
    "between": lambda sql, values: f"{sql} >= {values[0]} AND {sql} <= {values[1]}",
    "contains": lambda sql, values: f"positionCaseInsensitiveUTF8({sql}, {values[0]}) > 0",
    "starts_with": lambda sql, values: f"positionCaseInsensitiveUTF8({sql}, {values[0]}) = 1",
    "exists": lambda sql, _values: f"{sql} != ''",
}
