"""A typed filter as a condition on rows of sessions: the one place that builds SQL from one.

Values are bound, never written. The statement has to bind `workspace_id` and `search_state` itself.
"""

import math
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from sessionary.model.session_filter import (
    And,
    Condition,
    Empty,
    Filter,
    Flag,
    HasAll,
    HasAny,
    InProject,
    MessageSearch,
    Not,
    Or,
    Period,
    Range,
    Text,
    TextTest,
)
from sessionary.store.clickhouse.parameters import Parameters
from sessionary.store.clickhouse.pool import Connection
from sessionary.store.clickhouse.statements import statement
from sessionary.store.messages.search import index_state, message_condition
from sessionary.store.scopes.project_traces import project_traces
from sessionary.store.scopes.session_scores import MEAN, scores_of_sessions
from sessionary.store.sessions.paths import PathType, SessionPath, find_path

# What a column can hold at most: a bound beyond it would not fit the parameter.
_MAX_MONEY_UNITS = 10**37
_MAX = 2**63 - 1


def filter_sql(wanted: Filter, parameters: Parameters, project_id: str = "") -> str:
    """The condition, in brackets; true of exactly the rows that the filter selects.

    With a `project_id`, neither what is said in traces of other projects nor a score of theirs
    selects anything.
    """
    match wanted:
        case And(of):
            return _joined("AND", of, parameters, project_id) if of else "1"
        case Or(of):
            return _joined("OR", of, parameters, project_id)
        case Not(of):
            return f"(NOT {filter_sql(of, parameters, project_id)})"
        case InProject(project_id, of):
            both = (of, HasAny("project_id", (project_id,)))
            return _joined("AND", both, parameters, project_id)
        case MessageSearch(text):
            return message_condition(text, parameters, project_id)
        case _:
            return f"({_condition(wanted, parameters, project_id)})"


def search_state(connection: Connection, workspace_id: str, wanted: Filter) -> dict[str, object]:
    """Parameters of a statement with the filter, in addition to `workspace_id`."""
    return index_state(connection, workspace_id) if searched_texts(wanted) else {}


def searched_texts(wanted: Filter) -> list[str]:
    """The texts that the filter searches messages for."""
    match wanted:
        case And(of) | Or(of):
            return [text for part in of for text in searched_texts(part)]
        case Not(of) | InProject(_, of):
            return searched_texts(of)
        case MessageSearch(text):
            return [text]
        case _:
            return []


def _joined(word: str, filters: tuple[Filter, ...], parameters: Parameters, project_id: str) -> str:
    parts = (filter_sql(part, parameters, project_id) for part in filters)
    return f"({f' {word} '.join(parts)})"


def score_condition(
    name: str, condition: Condition, parameters: Parameters, project_id: str = ""
) -> str:
    """Sessions by their scores of that name: the one place that says how.

    A number is compared with the mean of the session's scores, a text with each of them.
    """
    where, having = "1", "1"
    match condition:
        case Text(_, test, value):
            passes = _text_sql("text", test, parameters.bind(value, "String"))
            where = f"text != '' AND {passes}"
        case Flag(_, value):
            number, text = ("1", "true") if value else ("0", "false")
            where = f"(number = {number} OR lower(text) = '{text}')"
        case Range():
            bounds = _float_range(condition, MEAN, parameters)
            having = f"count(number) > 0 AND {bounds}" if bounds else having
        case HasAny(_, values) | HasAll(_, values):
            where = f"has({parameters.bind(list(values), 'Array(String)')}, text)"
        case Period():
            raise ValueError(f"the score {name!r} has no time to compare")
    within = project_traces(project_id, parameters)
    scores = scores_of_sessions(parameters.bind(name, "String"), within)
    sql = statement("sessions/score").substitute(scores=scores, where=where, having=having)
    return f"NOT {sql.strip()}" if isinstance(condition, Empty) else sql.strip()


def _float_range(wanted: Range, sql: str, parameters: Parameters) -> str:
    equal = "" if wanted.excludes_ends else "="
    bounds = [(">", wanted.low), ("<", wanted.high)]
    return " AND ".join(
        f"{sql} {sign}{equal} {parameters.bind(float(value), 'Float64')}"
        for sign, value in bounds
        if value is not None
    )


def _condition(condition: Condition, parameters: Parameters, project_id: str) -> str:
    path = find_path(condition.path)
    if path is None:
        raise ValueError(f"{condition.path!r} is no path of a session")
    if path.type is PathType.SCORE:
        return score_condition(path.key, condition, parameters, project_id)
    column = path.column(parameters)
    match condition:
        case Text(_, test, value):
            return _any_text(path, column, test, parameters.bind(value, "String"))
        case HasAny(_, values):
            return (
                f"hasAny({_list(path, column)}, {parameters.bind(list(values), 'Array(String)')})"
            )
        case HasAll(_, values):
            return (
                f"hasAll({_list(path, column)}, {parameters.bind(list(values), 'Array(String)')})"
            )
        case Range():
            return _range(path, column, condition, parameters)
        case Period():
            return _period(column, condition, parameters)
        case Flag(_, value):
            return column if value else f"NOT {column}"
        case Empty():
            return _empty(path, column)
        case _:
            assert_never(condition)


def _list(path: SessionPath, column: str) -> str:
    return column if path.type is PathType.TEXTS else f"[{column}]"


def _any_text(path: SessionPath, column: str, test: TextTest, value: str) -> str:
    if path.type is PathType.TEXTS:
        return f"arrayExists(item -> {_text_sql('item', test, value)}, {column})"
    return _text_sql(column, test, value)


def _text_sql(text: str, test: TextTest, value: str) -> str:
    match test:
        case TextTest.IS:
            return f"{text} = {value}"
        case TextTest.CONTAINS:
            return f"position({text}, {value}) > 0"
        case TextTest.CONTAINS_ANY_CASE:
            return f"positionCaseInsensitiveUTF8({text}, {value}) > 0"
        case TextTest.STARTS_WITH:
            return f"startsWith({text}, {value})"
        case TextTest.ENDS_WITH:
            return f"endsWith({text}, {value})"
        case _:
            assert_never(test)


def _range(path: SessionPath, column: str, wanted: Range, parameters: Parameters) -> str:
    """In whole units of the column, so that no comparison rounds."""
    low, high = _units(wanted.low, path.units), _units(wanted.high, path.units)
    bounds = []
    if low is not None:
        least = math.floor(low) + 1 if wanted.excludes_ends else math.ceil(low)
        bounds.append(f"{column} >= {_bound(path, least, parameters)}")
    if high is not None:
        most = math.ceil(high) - 1 if wanted.excludes_ends else math.floor(high)
        bounds.append(f"{column} <= {_bound(path, most, parameters)}")
    return " AND ".join(bounds)


def _units(value: Decimal | None, units: int) -> Fraction | None:
    return None if value is None else Fraction(value) * units


def _bound(path: SessionPath, units: int, parameters: Parameters) -> str:
    if path.is_money:
        units = max(-_MAX_MONEY_UNITS, min(units, _MAX_MONEY_UNITS))
        return parameters.bind(Decimal(f"{units}E-12"), "Decimal(38, 12)")
    return _int64(units, parameters)


def _int64(number: int, parameters: Parameters) -> str:
    return parameters.bind(max(-_MAX, min(number, _MAX)), "Int64")


def _period(column: str, wanted: Period, parameters: Parameters) -> str:
    bounds = [
        f"{column} {sign} {_int64(time_ns, parameters)}"
        for sign, time_ns in ((">=", wanted.from_ns), ("<", wanted.before_ns))
        if time_ns is not None
    ]
    return " AND ".join(bounds)


def _empty(path: SessionPath, column: str) -> str:
    match path.type:
        case PathType.TEXT:
            return f"{column} = ''"
        case PathType.TEXTS:
            return f"empty({column})"
        case _:
            return "0"  # Every session has its figures and its times.
