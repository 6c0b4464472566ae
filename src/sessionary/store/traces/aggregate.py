"""Add up traces by group. Takes the workspace first."""

from collections.abc import Sequence

from sessionary.model.trace_filter import Field, FieldType, Group, Measure, Selection
from sessionary.store.clickhouse.pool import Database
from sessionary.store.traces.fields import MODEL, PERIODS
from sessionary.store.traces.filter_sql import filter_of

# Quantiles are exact: a sampled one would differ from one call to the next.
AGGREGATIONS = {
    "sum": "sum({value})",
    "avg": "avg({value})",
    "min": "min({value})",
    "max": "max({value})",
    "p50": "quantileExact(0.5)({value})",
    "p90": "quantileExact(0.9)({value})",
    "p95": "quantileExact(0.95)({value})",
    "p99": "quantileExact(0.99)({value})",
}


def aggregate_traces(
    database: Database,
    workspace_id: str,
    selection: Selection,
    groups: Sequence[Field],
    measures: Sequence[Measure],
    *,
    limit: int,
) -> list[Group]:
    """The groups: by time where a period is asked for, else the largest first measure first.

    Grouped by model, a figure is the part that the model has in it. Of no traces there is a sum,
    but neither an average nor a quantile.
    """
    where = filter_of(workspace_id, selection)
    values = [*_group_values(groups), *_measured_values(groups, measures), "1 AS one"]
    sums = [_sum(number, measure) for number, measure in enumerate(measures)]
    with database.read_connection() as connection:
        rows = connection.rows(
            "traces/aggregate_traces",
            where.parameters | {"limit": limit},
            where=where.sql,
            values=", ".join(values),
            groups=f"[{', '.join(f'group_{number}' for number in range(len(groups)))}]",
            sums=", ".join(sums),
            order="groups" if set(groups) & set(PERIODS) else "sum_0 DESC, groups",
        )
    if not rows and not groups:
        return [Group((), {m.name: 0 for m in measures if m.operator in {"count", "sum"}})]
    names = [measure.name for measure in measures]
    return [
        Group(
            tuple(row["groups"]),
            {name: row[f"sum_{number}"] for number, name in enumerate(names)},
        )
        for row in rows
    ]


def _group_values(groups: Sequence[Field]) -> list[str]:
    return [f"{_group_value(field)} AS group_{number}" for number, field in enumerate(groups)]


def _group_value(field: Field) -> str:
    match field.type:
        case FieldType.STRINGS:
            # A trace without any stays, in the group of no name.
            return f"toString(arrayJoin(emptyArrayToSingle({field.sql})))"
        case FieldType.BOOLEAN:
            return f"if({field.sql}, 'true', 'false')"
        case _:
            return f"toString({field.sql})"


def _measured_values(groups: Sequence[Field], measures: Sequence[Measure]) -> list[str]:
    model = f"group_{groups.index(MODEL)}" if MODEL in groups else ""
    return [
        f"{_value(measure.field, model)} AS value_{number}"
        for number, measure in enumerate(measures)
        if measure.field is not None
    ]


def _value(field: Field, model: str) -> str:
    if model and field.of_model_sql:
        return field.of_model_sql.replace("{model}", model)
    return field.sql


def _sum(number: int, measure: Measure) -> str:
    if measure.field is None:
        return f"count() AS sum_{number}"
    aggregation = AGGREGATIONS[measure.operator].replace("{value}", f"value_{number}")
    return f"{aggregation} AS sum_{number}"
