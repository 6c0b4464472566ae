"""Add up the figures of sessions over time and by group. Takes the workspace first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sessionary.model.analytics import (
    Analytics,
    AnalyticsQuestion,
    Figure,
    Metric,
    Series,
    Source,
)
from sessionary.model.session_filter import EVERYTHING, Filter
from sessionary.store.analytics.metrics import METRICS, UNSPLIT, source_of
from sessionary.store.clickhouse.parameters import Parameters
from sessionary.store.clickhouse.pool import Connection, Database, Rows
from sessionary.store.clickhouse.statements import statement
from sessionary.store.scopes.counted_traces import counted_trace
from sessionary.store.sessions.filter_sql import filter_sql, search_state

_TOTAL, _GROUP, _OTHER = "total", "group", "other"
_JOIN = "GLOBAL INNER JOIN ({sessions}) AS session USING (session_id)"
_IN_TOTAL = f"[('{_TOTAL}', '')]"
# A row of two groups that are not listed is counted once among the others.
_IN_GROUPS = (
    f"arrayConcat({_IN_TOTAL}, arrayDistinct(arrayMap("
    f"label -> if(has({{top:Array(String)}}, label), ('{_GROUP}', label), ('{_OTHER}', '')), "
    "labels)))"
)
_Key = tuple[str, str]
_LAST_NS = 2**63 - 1


def analytics(database: Database, workspace_id: str, question: AnalyticsQuestion) -> Analytics:
    """The figures asked for."""
    with database.read_connection() as connection:
        asking = _Asking.of(connection, workspace_id, question)
        top = _top(connection, asking)
        found = dict[_Key, _Figures]()
        for source in dict.fromkeys(source_of(m, question.split) for m in question.metrics):
            rows = _rows(connection, asking, source, top)
            for row in rows:
                key = (row["part"], row["name"])
                found.setdefault(key, _Figures(question)).take(row)
    nothing = _Figures(question)
    other = found.get((_OTHER, ""))
    return Analytics(
        found.get((_TOTAL, ""), nothing).series(),
        [(name, found.get((_GROUP, name), nothing).series()) for name in top],
        other.series() if other else None,
    )


def analytics_bounds(
    database: Database, workspace_id: str, where: Filter
) -> tuple[int, int] | None:
    """The start times of the first and the last row; None where there is none."""
    metric = METRICS["traces"]
    everything = AnalyticsQuestion(0, _LAST_NS, (metric,), metric, UNSPLIT, 0, where=where)
    with database.read_connection() as connection:
        asking = _Asking.of(connection, workspace_id, everything)
        rows = connection.rows(
            "analytics/bounds", asking.parameters, facts=asking.facts(Source.TRACES)
        )
    return (rows[0]["first_ns"], rows[0]["last_ns"]) if rows else None


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question in the terms of SQL; `sessions` are those that the filter selects, by name."""

    question: AnalyticsQuestion
    parameters: dict[str, object]
    sessions: str
    traces: str
    session: str

    @classmethod
    def of(
        cls, connection: Connection, workspace_id: str, question: AnalyticsQuestion
    ) -> "_Asking":
        parameters = Parameters(
            **search_state(connection, workspace_id, question.where),
            workspace_id=workspace_id,
            from_ns=question.from_ns,
            to_ns=question.to_ns,
            starts=list(question.starts or [question.from_ns]),
        )
        where = filter_sql(question.where, parameters)
        sessions = _fragment("analytics/sessions", where=where)
        is_joined = question.where != EVERYTHING or _is_of_sessions(question)
        return cls(
            question,
            parameters.values,
            sessions,
            _fragment(
                "analytics/selected_traces",
                counts=counted_trace(),
                sessions=_JOIN.format(sessions=sessions) if is_joined else "",
            ),
            "CAST(session_key, 'String')" if is_joined else "''",
        )

    def facts(self, source: Source) -> str:
        """The rows of the source, and those of overrides without a measurement."""
        split = self.question.split
        labels = split.of_call if source is Source.CALLS else split.of_trace
        measured = _fragment(
            f"analytics/{source}",
            labels=labels,
            trace_labels=split.of_trace,
            traces=self.traces,
            session=self.session,
        )
        written = _fragment(
            "analytics/adjustments",
            labels=split.of_adjustment,
            sessions=self.sessions,
            counts=counted_trace(),
        )
        return f"{measured}\nUNION ALL\n{written}"


def _is_of_sessions(question: AnalyticsQuestion) -> bool:
    return question.split.of_session or any(m.of_session for m in question.metrics)


def _fragment(name: str, **slots: str) -> str:
    return statement(name).substitute(slots).strip()


def _top(connection: Connection, asking: _Asking) -> list[str]:
    """The names of the groups to list."""
    question = asking.question
    if question.split is UNSPLIT:
        return []
    rows = connection.rows(
        "analytics/top_labels",
        asking.parameters | {"limit": question.limit},
        facts=asking.facts(source_of(question.order_by, question.split)),
        figure=question.order_by.sql,
    )
    return [row["label"] for row in rows]


def _rows(connection: Connection, asking: _Asking, source: Source, top: Sequence[str]) -> Rows:
    question = asking.question
    metrics = [m for m in question.metrics if source_of(m, question.split) is source]
    return connection.rows(
        "analytics/figures",
        asking.parameters | {"top": list(top)},
        facts=asking.facts(source),
        groups=_IN_TOTAL if question.split is UNSPLIT else _IN_GROUPS,
        figures=", ".join(f"{metric.sql} AS figure_{metric.name}" for metric in metrics),
    )


class _Figures:
    """The figures of one group, as they are found."""

    def __init__(self, question: AnalyticsQuestion) -> None:
        self._places = {ns: place for place, ns in enumerate(question.starts)}
        self._figures: dict[str, Figure] = {m.name: _of_nothing(m) for m in question.metrics}
        self._by_bucket: dict[str, list[Figure]] = {
            m.name: [_of_nothing(m)] * len(question.starts) for m in question.metrics
        }

    def take(self, row: Mapping[str, Any]) -> None:
        """Those of one row, which is of all the time or of a bucket."""
        for name in self._figures:
            value = row.get(f"figure_{name}")
            if value is None:
                continue
            if row["is_whole"]:
                self._figures[name] = value
            elif self._places:
                self._by_bucket[name][self._places[row["bucket_ns"]]] = value

    def series(self) -> Series:
        """All that was found."""
        return Series(self._figures, self._by_bucket)


def _of_nothing(metric: Metric) -> Figure:
    return 0 if metric.is_sum else None
