"""The scores of sessions in SQL: which there are of a name, and what to sort by."""

from sessionary.store.clickhouse.parameters import Parameters
from sessionary.store.clickhouse.statements import statement

MEAN = "arrayAvg(arraySort(groupArray(number)))"
"""The mean of a group's scores that have a number, the same in whatever order they are read."""


def scores_of_sessions(name_sql: str, within: str = "1") -> str:
    """Every score of that name, with the `_id` of its session; `within` says of which traces."""
    return statement("scopes/scores_of_sessions").substitute(name=name_sql, within=within)


def mean_score(name: str, parameters: Parameters, *, is_descending: bool) -> str:
    """A session's mean score, to sort by: those without one come last in either direction."""
    scores = scores_of_sessions(parameters.bind(name, "String"))
    means = statement("scopes/score_means").substitute(scores=scores, mean=MEAN).strip()
    last = "-inf" if is_descending else "inf"
    return f"transform(id, {means}.1, {means}.2, toFloat64('{last}'))"
